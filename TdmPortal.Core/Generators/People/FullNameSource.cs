using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.People;

/// <summary>First and last name of the row's person in the order of the locale; initials where only those are asked for.</summary>
internal sealed class FullNameSource : TextSource
{
    private readonly ulong key;
    private readonly PersonNames names;
    private readonly int? gender;
    private readonly int maxLength;
    private readonly TextSpace? distinct;

    private FullNameSource(SourceContext context, PersonNames names)
        : base(names.First.Max(list => list.MaxBytes) + 1 + names.Last.Max(list => list.MaxBytes))
    {
        (key, this.names, maxLength) = (Person.Key(context), names, context.MaxLength ?? int.MaxValue);
        gender = NameSource.GenderOf(context);

        // One gender's names only: the same full name could come from both.
        var (first, last) = (names.First[gender ?? 1], names.Last[gender ?? 1]);
        var all = new Sequence(names.IsFamilyFirst ? [last, new Literal(" "), first] : [first, new Literal(" "), last]).Distinct();
        distinct = context.MaxLength is { } length ? all.Within(length) : all;
    }

    public override UInt128? Capacity => distinct?.Count ?? 0;

    public static ValueSource? Create(SourceContext context)
    {
        var source = new FullNameSource(context, PersonNames.Of(context.Locale));
        return context.Failed() ? null : source;
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        var text = (TextColumn)target;
        foreach (var rank in ranks)
        {
            text.Advance(distinct!.WriteRanked(rank, text.Reserve(distinct.MaxBytes)));
            text.End();
        }
    }

    protected override int Write(long row, ulong cell, Span<byte> target)
    {
        var person = Person.Of(key, row);
        var sex = gender ?? person.Gender;
        var first = names.First[sex][person.First(names.First[sex].Words)];
        var last = names.Last[sex][person.Last(names.Last[sex].Words)];
        if (names.IsFamilyFirst)
        {
            var family = last;
            last = first;
            first = family;
        }

        // Too long: the last name alone still names the person.
        if (first.Length + last.Length >= maxLength && Utf8.Length(first) + Utf8.Length(last) >= maxLength)
        {
            last.CopyTo(target);
            return Utf8.Cut(last, maxLength);
        }

        first.CopyTo(target);
        target[first.Length] = (byte)' ';
        last.CopyTo(target[(first.Length + 1)..]);
        return first.Length + 1 + last.Length;
    }
}
