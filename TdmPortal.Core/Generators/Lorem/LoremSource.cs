using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Generators.Lorem;

/// <summary>
/// Words, sentences and paragraphs. A text that would grow past the field's maxLength ends at the last word that fits.
/// </summary>
internal sealed class LoremSource : ValueSource
{
    private readonly WordList words;
    private readonly LoremShape shape;
    private readonly int maxLength;
    private readonly TextSpace? distinct;
    private readonly WordTable? table;

    private LoremSource(SourceContext context, LoremShape shape)
    {
        words = WordLists.Get(context.Locale, "lorem.words");
        maxLength = Math.Min(context.MaxLength ?? int.MaxValue, shape.Length);
        if (words.Within(maxLength) is WordList fitting)
            words = fitting;
        this.shape = shape;
        distinct = Distinct();
        table = maxLength == int.MaxValue && words.MaxBytes < WordTable.Width ? new(words, shape.IsSentence) : null;
    }

    public override UInt128? Capacity => distinct?.Count ?? 0;

    public override int? LongestText => maxLength == int.MaxValue || words.MaxLength > maxLength ? null : maxLength;

    public static ValueSource? Create(SourceContext context, Func<LoremShape> shape)
    {
        var read = shape();
        if (read.MinWords > read.MaxWords)
            context.Refuse("minWords", "\"minWords\" is above \"maxWords\"", false);
        if (read.MinSentences > read.MaxSentences)
            context.Refuse("minSentences", "\"minSentences\" is above \"maxSentences\"", false);
        return context.Failed() ? null : new LoremSource(context, read);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var text = (TextColumn)target;
        if (table is not null && shape is { Paragraphs: 1, MinSentences: 1, MaxSentences: 1 })
        {
            table.Fill(text, rows, fill, shape.MinWords, shape.MaxWords);
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (!fill.IsSkipped(i))
            {
                var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
                Write(text, ref draw);
            }

            text.End();
        }
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        var text = (TextColumn)target;
        foreach (var rank in ranks)
        {
            var start = distinct!.WriteRanked(rank, text.Reserve(distinct.MaxBytes));
            text.Advance(start);
            if (shape.IsSentence)
                Capital(text.Current);
            text.End();
        }
    }

    private void Write(TextColumn text, ref Draw draw)
    {
        // What is left of maxLength, counted in code points.
        var left = maxLength;
        var paragraphs = draw.Between(shape.Paragraphs, shape.Paragraphs);
        for (var paragraph = 0; paragraph < paragraphs; paragraph++)
        {
            if (paragraph > 0)
            {
                // Only where any first word and its full stop have room.
                if (left < words.MaxLength + 3)
                    return;
                text.Append("\n\n"u8);
                left -= 2;
            }

            var sentences = draw.Between(shape.MinSentences, shape.MaxSentences);
            for (var sentence = 0; sentence < sentences; sentence++)
            {
                if (!Sentence(text, ref draw, ref left, sentence > 0))
                    return;
            }
        }
    }

    private bool Sentence(TextColumn text, ref Draw draw, ref int left, bool spaced)
    {
        var count = draw.Between(shape.MinWords, shape.MaxWords);
        if (table is not null)
        {
            text.Advance(table.Write(ref text.Room((count * WordTable.Width) + 1), ref draw, count, spaced));
            return true;
        }

        var ending = shape.IsSentence ? 1 : 0;
        ulong bits = 0;
        for (var word = 0; word < count; word++)
        {
            // Two words from one draw: 32 bits are plenty for a list of some hundred.
            bits = (word & 1) == 0 ? draw.Next() : bits << 32;
            var index = (int)(((bits >> 32) * (uint)words.Words) >> 32);
            var next = words[index];
            var gap = word > 0 || spaced ? 1 : 0;
            if (left < int.MaxValue / 2)
            {
                var needed = gap + ending + Utf8.Length(next);
                if (needed > left && (word > 0 || spaced))
                {
                    if (word > 0 && ending > 0 && left > 0)
                        text.Append((byte)'.');
                    return false;
                }

                left -= needed - ending;
            }

            if (gap > 0)
                text.Append((byte)' ');
            var at = text.Current.Length;
            text.Append(next);
            if (word == 0 && shape.IsSentence)
                Capital(text.Current[at..]);
        }

        if (ending > 0 && left > 0)
        {
            text.Append((byte)'.');
            left -= left < int.MaxValue / 2 ? 1 : 0;
        }

        return true;
    }

    private static void Capital(Span<byte> text)
    {
        if (text.Length > 0 && text[0] is >= (byte)'a' and <= (byte)'z')
            text[0] -= 32;
    }

    /// <summary>As many words as the text has at least, parted by blanks, none of which a word holds.</summary>
    private TextSpace? Distinct()
    {
        var plain = words.Without((byte)' ') as WordList ?? words;
        if (shape.IsSentence)
            plain = new WordList(plain.Texts().Select(word => word.ToLowerInvariant()));
        for (var count = Math.Min(shape.MinWords * shape.MinSentences * shape.Paragraphs, 24); count >= 1; count--)
        {
            var parts = new List<TextSpace>();
            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                    parts.Add(new Literal(" "));
                parts.Add(plain);
            }

            if (shape.IsSentence)
                parts.Add(new Literal("."));
            TextSpace space = parts.Count == 1 ? plain : new Sequence([.. parts]);
            if (maxLength == int.MaxValue || space.Within(maxLength) is { } fitting && (space = fitting) is not null)
                return space;
        }

        return null;
    }
}
