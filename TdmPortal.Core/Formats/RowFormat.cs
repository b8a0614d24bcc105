namespace TdmPortal.Core.Formats;

/// <summary>How rows are written to a stream.</summary>
public enum RowFormat
{
    /// <summary>RFC 4180, header line, LF, null is the empty field and the empty string is <c>""</c>.</summary>
    Csv,
    /// <summary>One array of objects.</summary>
    Json,
    /// <summary>One object a line.</summary>
    Ndjson,
    /// <summary><c>&lt;rows&gt;&lt;row&gt;…</c>, null is an absent element.</summary>
    Xml,
    /// <summary>Multi-row INSERT statements.</summary>
    SqlInsert,
    /// <summary>A COPY … FROM stdin block in text form.</summary>
    SqlCopy,
    /// <summary>PostgreSQL's binary COPY, as <c>BeginRawBinaryCopy</c> takes it.</summary>
    PostgresBinary,
    /// <summary>Like <see cref="PostgresBinary"/>, with the 0-based row number as a first bigint column; generation only.</summary>
    NumberedPostgresBinary,
    /// <summary>Like <see cref="Csv"/>, but texts that a spreadsheet would take for a formula (they begin with = + - @, a tab or a line end) have an apostrophe before them.</summary>
    CsvForSpreadsheets,
}
