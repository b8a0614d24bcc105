using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>
/// Keeps masked values within what checks ask of their column: what another masker gives and does not fit is replaced by a value that
/// does, chosen by the original's keyed number, so the same value stays the same one everywhere.
/// </summary>
internal sealed class BoundedMasker : Masker
{
    /// <summary>A walk over values that do not fit ends sooner than that, but for one in e¹⁰⁰.</summary>
    private const int MostSteps = 2000;

    /// <summary>Least share of numbers that must fit where keys are walked until one does.</summary>
    private const double LeastShare = 0.05;

    private readonly Masker inner;
    private readonly ValueBounds bounds;
    private readonly ValueKey values;
    private readonly MaskingKey key;
    private readonly byte[][]? texts;
    private readonly NumberMap? map;
    private readonly bool forgets;
    private readonly bool walks;

    [ThreadStatic]
    private static Room? room;

    private BoundedMasker(Masker inner, ValueBounds bounds, ValueKey values, bool forgets, bool isMapped, bool walks)
    {
        (this.inner, this.bounds, this.values, this.forgets, this.walks) = (inner, bounds, values, forgets, walks);
        key = values.Key.Derive("check");
        texts = bounds.Texts?.Select(Encoding.UTF8.GetBytes).ToArray();
        map = isMapped ? new(key) : null;
    }

    /// <summary>The masker with its values kept within bounds; itself where they always are; null where that cannot be.</summary>
    /// <param name="unique">Whether different values must become different ones.</param>
    public static Masker? Make(Masker inner, MaskerDefinition definition, ArgumentValues args, ValueBounds bounds, ColumnDescription column, ValueKey values, bool unique)
    {
        bounds = bounds.Resolved();
        if (bounds.IsEmpty || !ValueBounds.Holds(column) || (definition.Name == "nullify" && !column.Nullable))
            return null;

        // Values of the column itself, or null.
        if (definition.Name is "shuffle" or "nullify")
            return inner;
        BoundedMasker Bounded(bool isMapped = false, bool walks = false) => new(inner, bounds, values, definition.Traits.HasFlag(MaskerTraits.Forgets), isMapped, walks);
        if (!unique)
            return Bounded();
        var keepsLength = definition.Traits.HasFlag(MaskerTraits.KeepsForm | MaskerTraits.OneToOne);
        if (column.Type == FieldType.String)
            return bounds.Texts is null && (bounds.Shortest is null or 0 or 1 || keepsLength) ? inner : null;
        if (definition.Name != "fpe" || column.Type != FieldType.Integer || bounds.Numbers is not null)
            return bounds is { Least: null, Most: null, Numbers: null } ? inner : null;
        if (bounds is { Least: { } least, Most: { } most })
        {
            var size = (UInt128)(Int128)most - (UInt128)(Int128)least + 1;
            var isSmall = args["small"] is { ValueKind: System.Text.Json.JsonValueKind.String } small && small.ValueEquals("permute");
            return size >= 2 && (size >= Ff1.LeastDomain || isSmall) ? Bounded(isMapped: true) : null;
        }

        // Numbers below a billion are permuted among each other, larger ones among those of as many digits.
        return bounds is { Least: not null, Least: <= (long)(1_000_000_000 * (1 - LeastShare)) } or { Most: >= (long)(1_000_000_000 * LeastShare) }
            ? Bounded(walks: true) : null;
    }

    public override RowPass? Preparation(int column) => inner.Preparation(column);

    public override void Mask(MaskBatch batch, Column source, Column target)
    {
        if (source is TextColumn originals)
            Texts(batch, originals, (TextColumn)target);
        else
            Numbers(batch, (LongColumn)source, (LongColumn)target);
    }

    private void Texts(MaskBatch batch, TextColumn from, TextColumn to)
    {
        var masked = (room ??= new()).Masked;
        inner.Mask(batch, from, masked);
        to.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (masked.IsNull(row))
            {
                to.AddNull();
            }
            else if (batch.Keeps(row) || Fits(masked[row]))
            {
                to.Add(masked[row]);
            }
            else
            {
                Write(from[row], to);
                to.End();
            }
        }
    }

    private bool Fits(ReadOnlySpan<byte> text)
    {
        if (texts is not null)
            return Place(text) >= 0;

        var length = Utf8.Length(text);
        return !(length < bounds.Shortest) && !(length > bounds.Longest);
    }

    /// <summary>One of the list; else other characters in the original's places, which has the length that was asked for.</summary>
    private void Write(ReadOnlySpan<byte> original, TextColumn to)
    {
        if (texts is not null)
        {
            to.Append(texts[forgets ? 0 : Another(values.Number(original), texts.Length, Place(original))]);
            return;
        }

        if (!forgets)
            Scrambling.Write(values.Draw(original), original, to);
        if (bounds.Longest is { } longest && Utf8.Length(to.Current) > longest)
            to.Truncate(TextCut.Bytes(to.Current, longest));
        for (var length = Utf8.Length(to.Current); length < bounds.Shortest; length++)
            to.Append((byte)'x');
    }

    private int Place(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < texts!.Length; i++)
        {
            if (text.SequenceEqual(texts[i]))
                return i;
        }

        return -1;
    }

    private static int Place(IReadOnlyList<long> list, long number)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == number)
                return i;
        }

        return -1;
    }

    private void Numbers(MaskBatch batch, LongColumn from, LongColumn to)
    {
        inner.Mask(batch, from, to);
        for (var row = 0; row < batch.Count; row++)
        {
            if (to.IsNull(row) || batch.Keeps(row))
                continue;
            if (map is not null)
                to.Values[row] = bounds.Least!.Value + (long)(ulong)map.Map((UInt128)(Int128)from.Values[row] - (UInt128)(Int128)bounds.Least.Value, (UInt128)(Int128)bounds.Most!.Value - (UInt128)(Int128)bounds.Least.Value + 1);
            else if (!Fits(to.Values[row]))
                to.Values[row] = walks ? Walked(to.Values[row]) : Chosen(from.Values[row], to.Values[row]);
        }
    }

    private bool Fits(long number) => bounds.Numbers is { } list ? list.Contains(number) : !(number < bounds.Least) && !(number > bounds.Most);

    private long Chosen(long original, long masked)
    {
        if (bounds.Numbers is { } list)
            return list[forgets ? 0 : Another(key.Number(original), list.Count, Place(list, original))];
        if (bounds is { Least: { } least, Most: { } most })
        {
            var size = unchecked((ulong)most - (ulong)least + 1);
            var number = unchecked(least + (long)(size == 0 ? key.Draw(key.Number(original)).Next() : key.Draw(key.Number(original)).Below(size)));
            return forgets ? least : number != original ? number : number == most ? least : number + 1;
        }

        // As far on the other side of the bound.
        var bound = bounds.Least ?? bounds.Most!.Value;
        return forgets ? bound : (long)Int128.Clamp(2 * (Int128)bound - masked, bounds.Least ?? long.MinValue, bounds.Most ?? long.MaxValue);
    }

    /// <summary>A place in a list, not the original's own.</summary>
    private int Another(UInt128 seed, int count, int own)
    {
        if (own < 0 || count == 1)
            return (int)key.Draw(seed).Below((ulong)count);
        var place = (int)key.Draw(seed).Below((ulong)count - 1);
        return place < own ? place : place + 1;
    }

    /// <summary>On along the permutation to the first number that fits: one-to-one among those that do.</summary>
    private long Walked(long number)
    {
        var here = room ??= new();
        for (var step = 0; step < MostSteps; step++)
        {
            here.From.Reset(1);
            here.From.Values[0] = number;
            inner.Mask(here.One, here.From, here.To);
            number = here.To.Values[0];
            if (Fits(number))
                return number;
        }

        throw new InvalidOperationException("no number that the check allows was found");
    }

    private sealed class Room
    {
        public TextColumn Masked { get; } = new();

        public LongColumn From { get; } = new();

        public LongColumn To { get; } = new();

        public ValueBatch One { get; } = new(1);
    }
}
