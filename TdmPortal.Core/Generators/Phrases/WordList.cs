using System.Text;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Different words, one after another in one buffer.</summary>
internal sealed class WordList : TextSpace
{
    private readonly bool[] used = new bool[256];

    public WordList(IEnumerable<string> words)
    {
        var distinct = words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        Table = new([.. distinct.Select(Encoding.UTF8.GetBytes)]);
        IsFixedSize = distinct.Length == 0 || distinct.All(word => Encoding.UTF8.GetByteCount(word) == Table.MaxBytes);
        for (var i = 0; i < distinct.Length; i++)
        {
            MaxLength = Math.Max(MaxLength, Utf8.Length(Table[i]));
            foreach (var b in Table[i])
                used[b] = true;
        }
    }

    /// <summary>The words by number.</summary>
    public TextTable Table { get; }

    public int Words => Table.Count;

    public override UInt128 Count => (UInt128)Words;

    public override int MaxBytes => Table.MaxBytes;

    public override int MaxLength { get; }

    public override bool IsFixedSize { get; }

    public ReadOnlySpan<byte> this[int index] => Table[index];

    public override int Write(ref Draw draw, Span<byte> target) => Copy(draw.Below(Words), target);

    public override int WriteRanked(UInt128 rank, Span<byte> target) => Copy((int)rank, target);

    public int Copy(int index, Span<byte> target)
    {
        var word = this[index];
        word.CopyTo(target);
        return word.Length;
    }

    public override TextSpace? Within(int maxLength) => MaxLength <= maxLength ? this : Where(word => Utf8.Length(word) <= maxLength);

    public override bool Contains(byte value) => used[value];

    public override TextSpace? Without(byte value) => Contains(value) ? Where(word => word.IndexOf(value) < 0) : this;

    public IEnumerable<string> Texts()
    {
        for (var i = 0; i < Words; i++)
            yield return Encoding.UTF8.GetString(this[i]);
    }

    /// <summary>A list made from this one's words.</summary>
    public WordList Select(Func<string, string> change) => new(Texts().Select(change));

    private WordList? Where(WordTest test)
    {
        var kept = new List<string>();
        for (var i = 0; i < Words; i++)
        {
            if (test(this[i]))
                kept.Add(Encoding.UTF8.GetString(this[i]));
        }

        return kept.Count == 0 ? null : new(kept);
    }

    private delegate bool WordTest(ReadOnlySpan<byte> word);
}
