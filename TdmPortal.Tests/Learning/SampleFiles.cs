using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Quality;

namespace TdmPortal.Tests.Learning;

/// <summary>Files that are written in a test.</summary>
internal static class SampleFiles
{
    public static InspectedFile Inspect(string name, string text, FileDialect? chosen = null, InspectionOptions? options = null) => Inspect(name, Encoding.UTF8.GetBytes(text), chosen, options);

    public static InspectedFile Inspect(string name, byte[] bytes, FileDialect? chosen = null, InspectionOptions? options = null) => FileInspection.Inspect(name, () => new MemoryStream(bytes), chosen, options);

    public static string Columns(InspectedFile file, int entity = 0) => string.Join(", ", file.Entities[entity].Columns.Select(column => $"{column.Name} {column.Type.ToString().ToLowerInvariant()}{(column.Scale is { } scale ? $"({scale})" : "")}{(column.MaxLength is { } length ? $"({length})" : "")}{(column.Form is { } form ? $" {form}" : "")}"));

    /// <summary>The rows as CSV without a header.</summary>
    public static string Rows(RowSource source, int entity = 0)
    {
        var of = source.Entities[entity];
        var to = new StringBuilder();
        using var reader = source.Open(of, [.. Enumerable.Range(0, of.Columns.Count)], 0, null, default);
        for (int count; (count = reader.Read(7)) > 0;)
        {
            for (var row = 0; row < count; row++)
                to.Append(string.Join('|', reader.Batch.Select((column, place) => Text(column, row, of.Columns[place])))).Append('\n');
        }

        return to.ToString();
    }

    private static string Text(Column column, int row, ColumnDescription description) => Core.Formats.CellText.Of(column, row, description) ?? "∅";
}
