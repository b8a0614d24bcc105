using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.People;

/// <summary>The person's gender as a word, or the initials of the name.</summary>
internal sealed class PersonPartSource(ulong key, PersonNames? names, int? gender, int? maxLength) : TextSource(16)
{
    public override UInt128? Capacity => names is null ? (UInt128)(maxLength < "male".Length ? 0 : maxLength < "female".Length ? 1 : 2) : null;

    public static ValueSource? Gender(SourceContext context) => new PersonPartSource(Person.Key(context), null, null, context.MaxLength);

    public static ValueSource? Initials(SourceContext context)
    {
        var gender = NameSource.GenderOf(context);
        return context.Failed() ? null : new PersonPartSource(Person.Key(context), PersonNames.Of(context.Locale), gender, context.MaxLength);
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        foreach (var rank in ranks)
            ((TextColumn)target).Add(rank == 0 ? "male"u8 : "female"u8);
    }

    protected override int Write(long row, ulong cell, Span<byte> target)
    {
        var person = Person.Of(key, row);
        if (names is null)
        {
            var word = person.Gender == 0 ? "male"u8 : "female"u8;
            word.CopyTo(target);
            return word.Length;
        }

        var sex = gender ?? person.Gender;
        var at = Initial(names.First[sex][person.First(names.First[sex].Words)], target);
        return at + Initial(names.Last[sex][person.Last(names.Last[sex].Words)], target[at..]);
    }

    private static int Initial(ReadOnlySpan<byte> name, Span<byte> target)
    {
        Rune.DecodeFromUtf8(name, out _, out var size);
        name[..size].CopyTo(target);
        return size;
    }
}
