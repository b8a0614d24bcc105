using TdmPortal.Core.Learning;

namespace TdmPortal.Data.Import;

/// <summary>What of a source is imported, and how.</summary>
public sealed record ImportChoices
{
    /// <summary>Of a database; none: all tables.</summary>
    public IReadOnlyList<ChosenTable> Tables { get; init; } = [];
    /// <summary>Of files, a DDL file or a JSON Schema.</summary>
    public IReadOnlyList<ImportFile> Files { get; init; } = [];
    /// <summary>What a line that is no row means.</summary>
    public BadLinePolicy BadLines { get; init; }
    /// <summary>Of a database: whether rows are looked at for personal data, or only their structure.</summary>
    public bool LookAtRows { get; init; } = true;
    /// <summary>Of a database whose rows are looked at: whether all of them are read to learn what is typical of them.</summary>
    public bool Learn { get; init; }
}
