using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>A keyed number that is a row's own: of its primary key, or of the columns that an argument names. So what depends on it depends on no order of rows.</summary>
internal sealed class RowKey
{
    private readonly MaskingKey key;
    private readonly (int Place, int Column, ColumnDescription Description)[] parts;

    private RowKey(MaskingKey key, (int, int, ColumnDescription)[] parts) => (this.key, this.parts) = (key, parts);

    /// <summary>Places of its columns in the entity.</summary>
    public IEnumerable<int> Columns => parts.Select(part => part.Column);

    /// <summary>By the argument <c>by</c>, else by the primary key; null, with a problem, where there is neither and it is needed.</summary>
    public static RowKey? Of(MaskerContext context, bool needed = true)
    {
        var fields = context.OptionalText("by") is { } by ? by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [.. context.PrimaryKey];
        if (fields.Length == 0)
        {
            if (needed)
                context.Report("masking.no_key", $"{context.Definition.Title} of {context.Column.Name} goes by the row's key, and the table has none.", "Name a column whose values are all different under by");
            return null;
        }

        (int, int, ColumnDescription)[] columns = [.. fields.Select(field => context.Companion(field, masked: false)).Where(place => place >= 0)
            .Select(place => (place, context.Companions[place].Column, context.Columns[context.Companions[place].Column]))];
        return context.Failed() ? null : new(context.Key.Derive("row"), columns);
    }

    /// <summary>The number of a row in a batch.</summary>
    public UInt128 Number(MaskBatch batch, int row)
    {
        UInt128 number = 0;
        foreach (var (place, _, description) in parts)
            number = Next(number, batch.Companion(place), row, description);
        return number;
    }

    /// <summary>The number of a row among all columns of the entity.</summary>
    public UInt128 Number(IReadOnlyList<Column?> columns, int row)
    {
        UInt128 number = 0;
        foreach (var (_, column, description) in parts)
            number = Next(number, columns[column]!, row, description);
        return number;
    }

    private UInt128 Next(UInt128 number, Column column, int row, ColumnDescription description)
    {
        var cell = column.IsNull(row) ? 0 : CellNumber.Of(key, column, row, description.Type, description.Scale);
        return number == 0 ? cell : key.Number(number ^ cell);
    }
}
