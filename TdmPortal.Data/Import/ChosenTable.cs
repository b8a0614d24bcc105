namespace TdmPortal.Data.Import;

/// <summary>A table of a source, by its names as they are.</summary>
public sealed record ChosenTable(string Schema, string Name)
{
    public override string ToString() => $"{Schema}.{Name}";
}
