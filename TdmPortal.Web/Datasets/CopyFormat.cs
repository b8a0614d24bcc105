namespace TdmPortal.Web.Datasets;

/// <summary>What rows are put on the clipboard as.</summary>
public enum CopyFormat
{
    /// <summary>Tab-separated with a header: what a spreadsheet takes.</summary>
    Spreadsheet,
    /// <summary>RFC 4180 with a header; null is the empty field, the empty string is <c>""</c>.</summary>
    Csv,
    /// <summary>An array of objects.</summary>
    Json,
    /// <summary>One INSERT statement.</summary>
    Insert,
    /// <summary>A record and an array of it.</summary>
    CSharp,
    /// <summary>A record and a list of it.</summary>
    Java,
    /// <summary>A list of dictionaries.</summary>
    Python,
}
