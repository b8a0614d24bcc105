using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>What a run will give, said before it starts. Rows are exact; bytes and seconds are rough.</summary>
/// <param name="Rows">By entity, in document order.</param>
/// <param name="Bytes">In the database, keys and row headers included.</param>
public sealed record GenerationEstimate(IReadOnlyDictionary<string, long> Rows, long TotalRows, long Bytes, TimeSpan Took)
{
    /// <summary>Cells a second on two cores where no run of the same dataset is known.</summary>
    internal const double CellsPerSecond = 1_500_000;

    /// <summary>Making tables, keys and the version's record, whatever the rows.</summary>
    private static readonly TimeSpan Fixed = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that PostgreSQL adds to each row: header, pointer, an index entry.</summary>
    private const int RowOverhead = 28 + 20;

    /// <param name="rowsPerSecond">As the last run had it; null when there was none.</param>
    public static GenerationEstimate Of(SchemaDocument document, GenerationOptions options, double? rowsPerSecond = null)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        double bytes = 0, cells = 0, total = 0;
        foreach (var entity in document.Entities)
        {
            var count = RowsOf(document, entity, options, 0);
            rows[entity.Name] = count;
            total += count;
            cells += (double)count * entity.Fields.Count;
            bytes += count * (RowOverhead + entity.Fields.Sum(WidthOf));
        }

        var seconds = rowsPerSecond is > 0 ? total / rowsPerSecond.Value : cells / CellsPerSecond;
        return new GenerationEstimate(rows, ToLong(total), ToLong(bytes), Fixed + TimeSpan.FromSeconds(Math.Min(seconds, 1e9)));
    }

    private static long RowsOf(SchemaDocument document, EntityDefinition entity, GenerationOptions options, int depth)
    {
        if (options.Rows.TryGetValue(entity.Name, out var asked))
            return asked;
        if (entity.Rows is { } own)
            return entity.Scale == false || own <= 0 ? own : Math.Max(1, ToLong(own * options.Scale));

        // The parent decides. A document with a cycle here is refused elsewhere.
        var deciding = document.Relationships.FirstOrDefault(relationship => relationship.From.Entity == entity.Name && relationship.DecidesRows);
        var parent = deciding is null ? null : document.Entities.FirstOrDefault(candidate => candidate.Name == deciding.To.Entity);
        if (parent is null || depth > document.Entities.Count)
            return 0;
        return DerivedRows.Of(deciding!, RowsOf(document, parent, options, depth + 1));
    }

    private static double WidthOf(FieldDefinition field)
    {
        var scalar = field.Type switch
        {
            FieldType.Boolean => 1d,
            FieldType.Date => 4,
            FieldType.Decimal => 10,
            FieldType.Uuid => 16,
            FieldType.Json => 80,
            FieldType.String => Math.Min(field.MaxLength ?? 24, 24) + 1,
            _ => 8,
        };
        var all = field.Array is { } bounds ? 24 + scalar * (bounds.Min + bounds.Max) / 2 : scalar;
        return all * (1 - Math.Clamp(field.NullPercent ?? 0, 0, 100) / 100);
    }

    private static long ToLong(double value) => value >= long.MaxValue ? long.MaxValue : (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
