namespace TdmPortal.Core.Learning;

/// <summary>How a sample file keeps its rows.</summary>
public enum FileFormat
{
    /// <summary>Lines of values with a delimiter.</summary>
    Csv,
    /// <summary>One array of objects, or an object whose lists of objects are an entity each.</summary>
    Json,
    /// <summary>One object a line.</summary>
    Ndjson,
}
