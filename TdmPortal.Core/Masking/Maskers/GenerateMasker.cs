using System.Buffers;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Values of a generator of the catalogue. The keyed number of a value takes the place of the row number, so the same value gives the
/// same one, and parts of one address that go by the same column belong to one place.
/// </summary>
internal sealed class GenerateMasker : Masker
{
    private readonly ValueSource source;
    private readonly ulong fillKey;
    private readonly ValueKey values;
    private readonly MaskingKey key;
    private readonly int? by;
    private readonly int? maxLength;
    private readonly FieldType byType;
    private readonly int byScale;

    private GenerateMasker(MaskerContext context, ValueSource source, ulong fillKey, int? by, string shared)
    {
        (this.source, this.fillKey, this.by, maxLength) = (source, fillKey, by, context.Column.MaxLength);
        values = context.Values;
        key = by is null ? context.Key : context.ValuesOf(shared).Key;
        (byType, byScale) = context.FieldColumn("by") is { } column ? (column.Type, column.Scale) : default;
    }

    private static readonly ArgumentDefinition By = new("by", ArgumentKind.Field, "A column that says which thing it is, such as the customer's number: parts by the same column belong together, in every table; else the value itself decides.");

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("generate", "Generated value", MaskerForm.Replace, "A value of any generator; the same original gives the same one.", Kinds.Any,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "Chief accountant", static context => Create(context, context.Text("generator"), context.Argument("args") is { } args ? MaskerForm.Read(args.GetRawText()) : ArgumentValues.Empty, "generate"),
        [new("generator", ArgumentKind.Text, "Name of a generator, such as person.jobTitle.") { Required = true }, new("args", ArgumentKind.Json, "The generator's arguments."), By, NameMasker.Locale],
        """{"generator":"person.jobTitle"}""", "synthetic, fake, random");

    public static IReadOnlyList<MaskerDefinition> Addresses { get; } =
    [
        Address("street", "Other street", "Another street and house number, in the order of the country.", "address.street", "221 Baker Street", "address line, house"),
        Address("city", "Other city", "Another real city of the country.", "address.city", "Springfield", "town, place"),
        Address("postcode", "Other postcode", "A postcode of the city that the row's city becomes.", "address.postcode", "62704", "zip, postal code, PLZ"),
        Address("region", "Other region", "The state, province or county of the city that the row's city becomes.", "address.region", "Illinois", "state, province"),
        Address("address", "Other postal address", "Another whole address on one line.", "address.full", "221 Baker Street, Springfield, IL 62704", "postal, shipping, billing"),
    ];

    public static MaskerDefinition Company { get; } = MaskerForm.Make("company", "Fake company", MaskerForm.Replace, "The name of a company that does not exist.", Kinds.Text, MaskerTraits.Consistent, "Acme Ltd",
        static context => Create(context, "company.name", ArgumentValues.Empty, "company"), [By, NameMasker.Locale], synonyms: "organisation, business, employer, firm");

    private static MaskerDefinition Address(string name, string title, string summary, string generator, string example, string synonyms) =>
        MaskerForm.Make(name, title, MaskerForm.Replace, $"{summary} Parts of an address by the same column agree with each other.", Kinds.Text, MaskerTraits.Consistent, example,
            context => Create(context, generator, ArgumentValues.Empty, "place"), [By, NameMasker.Locale], synonyms: synonyms);

    /// <param name="shared">What the parts that agree with each other have in common.</param>
    private static GenerateMasker? Create(MaskerContext context, string generator, ArgumentValues args, string shared)
    {
        if (!NameMasker.CheckLocale(context))
            return null;
        var place = context.Field("by", masked: false);
        if (GeneratorCatalogue.Find(generator) is not { } definition || !definition.Types.Contains(context.Column.Type))
        {
            context.Refuse("generator", $"must name a generator that gives {context.Column.Type.ToString().ToLowerInvariant()} values, not \"{generator}\"");
            return null;
        }

        // One entity name for all columns: what describes one place or person starts from it.
        var column = context.Column;
        var target = new FieldDefinition { Name = "value", Type = column.Type, Generator = generator, Args = args, MaxLength = column.MaxLength, Precision = column.Precision, Scale = column.Scale };
        var field = new SourceContext(shared, target, context.OptionalText("locale") ?? context.Locale, new GenerationOptions { AsOf = DateTimeOffset.UnixEpoch.AddTicks(context.AsOf * 10) });
        var made = definition.Create(field);
        foreach (var problem in field.Problems)
            context.Refuse("args", $"are refused: {problem.Message}");
        if (made is null && !context.Failed())
            context.Refuse("generator", $"\"{generator}\" is made together with its table and cannot be used for masking");
        return context.Failed() ? null : new GenerateMasker(context, made!, field.FieldKey, place, shared);
    }

    public override void Mask(MaskBatch batch, Column source, Column target)
    {
        var rows = ArrayPool<long>.Shared.Rent(batch.Count);
        for (var row = 0; row < batch.Count; row++)
            rows[row] = source.IsNull(row) || batch.Keeps(row) ? 0 : (long)((ulong)Number(batch, source, row) >> 1);
        Fill(batch, source, target, rows.AsSpan(0, batch.Count));
        ArrayPool<long>.Shared.Return(rows);
    }

    private UInt128 Number(MaskBatch batch, Column source, int row)
    {
        if (by is { } place && batch.Companion(place) is var other && !other.IsNull(row))
            return CellNumber.Of(key, other, row, byType, byScale);
        return source is TextColumn text ? values.Number(text[row]) : CellNumber.Of(key, source, row, default, 0);
    }

    private void Fill(MaskBatch batch, Column original, Column target, Span<long> rows)
    {
        var fill = new FillContext { Key = fillKey };
        if (target is not TextColumn texts)
        {
            target.Reset(rows.Length);
            source.Fill(target, rows, fill);
            for (var row = 0; row < rows.Length; row++)
            {
                if (original.IsNull(row))
                    target.SetNull(row);
                else if (batch.Keeps(row))
                    target.Take(row, original, row);
            }

            return;
        }

        // Texts follow one another, so what is kept is put between while they are copied.
        using var made = new TextColumn();
        made.Reset(rows.Length);
        source.Fill(made, rows, fill);
        var before = (TextColumn)original;
        texts.Reset(rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            if (before.IsNull(row))
            {
                texts.AddNull();
                continue;
            }

            var text = batch.Keeps(row) ? before[row] : made[row];
            if (!batch.Keeps(row) && Same(text, before[row]))
                text = Again(before[row], rows[row], fill);
            texts.Add(maxLength is { } length && !batch.Keeps(row) ? text[..TextCut.Bytes(text, length)] : text);
        }
    }

    /// <summary>The same in the column's sense; what differs much in length is not.</summary>
    private bool Same(ReadOnlySpan<byte> made, ReadOnlySpan<byte> value) => Math.Abs(made.Length - value.Length) < 4 && values.Number(made) == values.Number(value);

    /// <summary>The value came out as it was: another one, as often as it takes, up to a few times.</summary>
    private ReadOnlySpan<byte> Again(ReadOnlySpan<byte> value, long row, FillContext fill)
    {
        using var other = new TextColumn();
        for (var tries = 0; tries < 8; tries++)
        {
            other.Reset(1);
            source.Fill(other, [(long)(Randomness.Next((ulong)row, (ulong)tries) >> 1)], fill);
            if (!Same(other[0], value))
                return other[0].ToArray();
        }

        return value;
    }
}
