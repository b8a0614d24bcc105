using System.Globalization;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Masking;

/// <summary>Short forms for tests of plans and masked rows.</summary>
internal static class MaskSample
{
    public static MaskingKey Key { get; } = MaskingKey.FromBytes(Enumerable.Range(7, 32).Select(one => (byte)one).ToArray());

    public static SchemaDocument Document(string json)
    {
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(json));
        return read.Problems.Count == 0 ? read.Document! : throw new InvalidOperationException(string.Join('\n', read.Problems));
    }

    public static MaskingPolicy Policy(string json)
    {
        var read = MaskingPolicyFile.Read(Encoding.UTF8.GetBytes($$"""{ "name": "p", {{json}} }"""));
        return read.Problems.Count == 0 ? read.Policy! : throw new InvalidOperationException(string.Join('\n', read.Problems));
    }

    public static PlanSource Rows(SchemaDocument document)
    {
        var result = GenerationPlan.Compile(document, new() { Seed = 7 });
        return new(result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Problems)));
    }

    public static MaskPlan Plan(SchemaDocument document, RowSource source, MaskingPolicy policy)
    {
        var result = MaskPlan.Compile(new(document, source.Entities, policy, Key));
        return result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }

    public static MaskedSource Masked(SchemaDocument document, RowSource source, MaskingPolicy policy, int threads = 1)
    {
        var masked = new MaskedSource(source, Plan(document, source, policy), threads);
        masked.Prepare();
        return masked;
    }

    /// <summary>All cells of an entity as texts; null where there is none.</summary>
    public static List<string?[]> Read(RowSource source, string entity, params IEnumerable<int> sizes)
    {
        var described = source.Entities.First(one => one.Name == entity);
        using var reader = source.Open(described, [.. Enumerable.Range(0, described.Columns.Count)], 0, null, CancellationToken.None);
        var rows = new List<string?[]>();
        var turns = sizes.DefaultIfEmpty(100).ToArray();
        for (var turn = 0; ; turn++)
        {
            var count = reader.Read(turns[turn % turns.Length]);
            if (count == 0)
                return rows;
            for (var row = 0; row < count; row++)
                rows.Add([.. reader.Batch.Select(column => Cell(column, row))]);
        }
    }

    private static string? Cell(Column column, int row) => column.IsNull(row) ? null : column switch
    {
        TextColumn text => Encoding.UTF8.GetString(text[row]),
        LongColumn numbers => numbers.Values[row].ToString(CultureInfo.InvariantCulture),
        WideColumn numbers => ((UInt128)numbers.Values[row]).ToString("x32", CultureInfo.InvariantCulture),
        DoubleColumn numbers => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        ArrayColumn arrays => "{" + string.Join(',', Enumerable.Range(arrays.Offsets[row], arrays.Offsets[row + 1] - arrays.Offsets[row]).Select(element => Cell(arrays.Elements, element) ?? "NULL")) + "}",
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
