using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Writes failing rows down for a rule: their key and what stands in the rule's columns.</summary>
/// <param name="key">Fields of the primary key that the source has; empty: the row number stands for it.</param>
/// <param name="columns">The rule's columns.</param>
internal sealed class RuleTexts(IReadOnlyList<(int Field, ColumnDescription Column)> key, IReadOnlyList<(int Field, ColumnDescription Column)> columns)
{
    /// <summary>Longest text of a value that is kept, in characters.</summary>
    private const int Longest = 200;

    public FailingRow Of(RuleBatch batch, int row) => new(batch.FirstRow + row, Key(batch, row), [.. columns.Select(column => Text(batch, column, row))]);

    /// <summary>A value of the rule's first column, as the grid has it.</summary>
    public string Value(Column source, int row) => CellText.Of(source, row, columns[0].Column) ?? "null";

    private string Key(RuleBatch batch, int row) => key.Count == 0
        ? (batch.FirstRow + row).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Join(", ", key.Select(part => Text(batch, part, row) ?? "null"));

    private static string? Text(RuleBatch batch, (int Field, ColumnDescription Column) part, int row)
    {
        var text = CellText.Of(batch[part.Field], row, part.Column);
        return text?.Length > Longest ? string.Concat(text.AsSpan(0, Longest - 1), "…") : text;
    }
}
