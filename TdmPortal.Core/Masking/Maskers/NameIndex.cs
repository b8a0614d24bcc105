using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;
using TdmPortal.Core.PersonalData.Texts;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Which of the locales know a name, and whether men or women have it.</summary>
internal sealed class NameIndex
{
    private static readonly Lazy<NameIndex> FirstNames = new(static () => new(static names => names.First));
    private static readonly Lazy<NameIndex> LastNames = new(static () => new(static names => names.Last));
    private readonly WordTable<Known> names;

    private NameIndex(Func<PersonNames, WordList[]> lists)
    {
        var found = new Dictionary<ulong, Known>();
        for (var locale = 0; locale < Locale.All.Count; locale++)
        {
            var both = lists(PersonNames.Of(Locale.All[locale].Name));
            for (var gender = 0; gender < both.Length; gender++)
            {
                foreach (var name in both[gender].Texts())
                {
                    var key = ValueHash.Of(Encoding.UTF8.GetBytes(name.ToLowerInvariant()));
                    var known = found.GetValueOrDefault(key);
                    found[key] = new(known.Locales | (1UL << locale), known.Genders | (1 << gender));
                }
            }
        }

        names = new(found);
    }

    /// <param name="Locales">A bit for each of <see cref="Locale.All"/>.</param>
    /// <param name="Genders">1: men, 2: women, 3: both; 0: the name is not known.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Known(ulong Locales, int Genders);

    public static NameIndex First => FirstNames.Value;

    public static NameIndex Last => LastNames.Value;

    /// <summary>What is known of a name, however it is written; of one in several parts, of its first part where the whole is not known.</summary>
    [SkipLocalsInit]
    public Known Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > 64)
            return default;
        Span<byte> lower = stackalloc byte[256];
        var small = lower[..Lower(name, lower)];
        var known = names.Find(small);
        if (known.Locales == 0 && small.IndexOfAny(" -"u8) is > 0 and var end)
            known = names.Find(small[..end]);
        return known;
    }

    /// <summary>Small letters, without blanks around.</summary>
    private static int Lower(ReadOnlySpan<byte> name, Span<byte> to)
    {
        name = name.Trim((byte)' ');
        if (Ascii.ToLower(name, to, out var plain) == OperationStatus.Done)
            return plain;
        var size = 0;
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf8(name, out var rune, out var length);
            size += Rune.ToLowerInvariant(rune).EncodeToUtf8(to[size..]);
            name = name[length..];
        }

        return size;
    }
}
