using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

/// <summary>Runs a masker over a few values, without tables.</summary>
internal sealed class MaskerRun
{
    public static readonly long AsOf = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000;

    /// <summary>The masked column's place in <c>Columns</c>.</summary>
    public const int Place = 0;

    public required MaskerDefinition Definition { get; init; }

    public string Arguments { get; init; } = "{}";

    public MaskingKey Key { get; init; } = KeyOf(1);

    public ColumnDescription Column { get; init; } = Describe("value", FieldType.String);

    /// <summary>Columns beside the masked one, with their values.</summary>
    public IReadOnlyList<(ColumnDescription Column, string?[] Values)> Others { get; init; } = [];

    public bool Unique { get; init; }

    public CanonicalForm Form { get; init; } = CanonicalForm.Text;

    public string Locale { get; init; } = "en";

    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    public MaskerContext Context() => new(Definition, Column, MaskerForm.Read(Arguments), Key)
    {
        Columns = [Column, .. Others.Select(other => other.Column)],
        Unique = Unique,
        Form = Form,
        Locale = Locale,
        AsOf = AsOf,
        PrimaryKey = PrimaryKey,
    };

    public static string Json(ArgumentValues arguments) => $"{{{string.Join(',', arguments.Select(one => $"{System.Text.Json.JsonSerializer.Serialize(one.Key)}:{one.Value.GetRawText()}"))}}}";

    public static MaskingKey KeyOf(byte number) => MaskingKey.FromBytes(Enumerable.Repeat(number, MaskingKey.Size).ToArray());

    public static ColumnDescription Describe(string name, FieldType type, int? maxLength = null, string? sqlType = null, int scale = 2)
    {
        var column = new ColumnDescription(name, type, Nullable: true) { SqlType = "", MaxLength = maxLength, Scale = scale };
        return column with { SqlType = sqlType ?? SqlSchema.BaseType(column) };
    }

    public static string? One(string masker, string value, string arguments = "{}", FieldType type = FieldType.String, byte key = 1) =>
        Run(masker, [value], arguments, type, key)[0];

    public static string?[] Run(string masker, string?[] values, string arguments = "{}", FieldType type = FieldType.String, byte key = 1) =>
        new MaskerRun { Definition = MaskerCatalogue.Find(masker)!, Arguments = arguments, Column = Describe("value", type), Key = KeyOf(key), PrimaryKey = [] }.Mask(values);

    /// <summary>The masked values; null stays null.</summary>
    public string?[] Mask(params string?[] values)
    {
        var context = Context();
        var masker = Definition.Create(context);
        Assert.True(masker is not null && context.Problems.Count == 0, string.Join("; ", context.Problems.Select(problem => problem.Message)));
        using var source = ToColumn(Column, values);
        Column[] all = [source, .. Others.Select(other => ToColumn(other.Column, other.Values))];
        if (masker.Preparation(Place) is { } pass)
        {
            for (var first = 0; first < values.Length; first += RowPass.SegmentRows)
            {
                var segment = pass.Begin();
                int[] rows = [.. Enumerable.Range(first, Math.Min(RowPass.SegmentRows, values.Length - first))];
                segment.Add(first, [.. all.Select(one => Part(one, rows))], rows.Length);
                pass.Take(segment);
            }
        }

        using var target = Core.Generation.Column.For(Column.Type, Column.Precision);
        masker.Mask(new ValueBatch(values.Length, [.. context.Companions.Select(companion => all[companion.Column])]), source, target);
        return [.. Enumerable.Range(0, values.Length).Select(row => target.IsNull(row) ? null : SampleText.Of(target, row, Column.Type, Column.Scale))];
    }

    private static Column Part(Column column, int[] rows)
    {
        var part = column switch { TextColumn => new TextColumn(), LongColumn => (Column)new LongColumn(), DoubleColumn => new DoubleColumn(), _ => new WideColumn() };
        part.Gather(column, rows);
        return part;
    }

    private static Column ToColumn(ColumnDescription column, string?[] values) =>
        Literals.ToColumn(values, column.Type, column.Precision, column.Scale, AsOf, out var bad) ?? throw new ArgumentException($"{bad} is no {column.Type}", nameof(values));
}
