using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Vocabulary;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Fills a field with members of a text space.</summary>
internal sealed class PhraseSource(TextSpace space, TextSpace? distinct) : ValueSource
{
    public override UInt128? Capacity => distinct?.Count ?? 0;

    public override int? LongestText => space.MaxLength;

    /// <summary>Phrases over the word lists of the field's locale.</summary>
    public static PhraseSource Create(SourceContext context, IReadOnlyList<string> phrases) =>
        Create(context, Phrase.Parse(phrases, list => WordLists.Get(context.Locale, list)));

    /// <summary>The members that fit the field's maxLength; where none does the engine cuts.</summary>
    public static PhraseSource Create(SourceContext context, TextSpace space)
    {
        var distinct = space.Distinct();
        return context.MaxLength is { } length ? new(space.Within(length) ?? space, distinct.Within(length)) : new(space, distinct);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is not TextColumn text)
        {
            FillNumbers((LongColumn)target, rows, fill);
            return;
        }

        var size = space.MaxBytes;
        foreach (var row in rows)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, row));
            text.Advance(space.Write(ref draw, text.Reserve(size)));
            text.End();
        }
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        if (target is TextColumn text)
        {
            foreach (var rank in ranks)
            {
                text.Advance(distinct!.WriteRanked(rank, text.Reserve(distinct.MaxBytes)));
                text.End();
            }

            return;
        }

        Span<byte> digits = stackalloc byte[Math.Min(distinct!.MaxBytes, 64)];
        for (var i = 0; i < ranks.Length; i++)
            ((LongColumn)target).Values[i] = Utf8.Digits(digits[..distinct.WriteRanked(ranks[i], digits)]);
    }

    private void FillNumbers(LongColumn target, ReadOnlySpan<long> rows, FillContext fill)
    {
        Span<byte> digits = stackalloc byte[Math.Min(space.MaxBytes, 64)];
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            target.Values[i] = Utf8.Digits(digits[..space.Write(ref draw, digits)]);
        }
    }

    /// <summary>Whether a space can fill a field of whole numbers: digits of one length only.</summary>
    public static bool IsNumeric(TextSpace space, FieldType type) => type != FieldType.Integer || (space.IsFixedSize && space.MaxBytes <= 18);
}
