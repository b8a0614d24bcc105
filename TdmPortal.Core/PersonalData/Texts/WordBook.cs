using System.Text;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Vocabulary;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>
/// Words by the hash of their small letters: names and places of the generators' vocabulary in all its languages, and words
/// that speak of personal data.
/// </summary>
internal static class WordBook
{
    /// <summary>How many <see cref="Context"/> there are.</summary>
    public const int Contexts = 16;

    /// <summary>Longer words are no names.</summary>
    public const int LongestWord = 64;

    private static readonly Lazy<WordTable<Entry>> Words = new(Read);

    private static readonly string[] Ordinary =
    [
        "commerce.product_name.adjective", "commerce.product_name.material", "commerce.product_name.product", "commerce.category", "commerce.department", "commerce.brand", "commerce.color", "vehicle.color",
        "project.adjective", "project.noun", "project.kind", "project.task_verb", "project.task_object", "company.industry", "company.department", "person.occupation", "person.hobby", "animal.name", "food.dish",
        "science.element", "testing.actor", "testing.action", "testing.object", "testing.condition", "system.service", "system.event_subject", "internet.word", "internet.word_title", "lorem.words", "date.month.wide", "date.weekday.wide",
    ];

    /// <summary>What a word can be, and what it speaks of as bits of <see cref="Context"/>.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    public readonly record struct Entry(WordKinds Kinds, int Contexts);

    /// <summary>Of a word in small letters (<see cref="Fold"/>).</summary>
    public static Entry Find(ReadOnlySpan<byte> folded) => Words.Value.Find(folded);

    /// <summary>Writes a text in small letters; 0 where it is too long or no text.</summary>
    public static int Fold(ReadOnlySpan<byte> word, Span<byte> target)
    {
        if (word.Length > target.Length - 4)
            return 0;
        if (Ascii.ToLower(word, target, out var plain) == System.Buffers.OperationStatus.Done)
            return plain;
        var size = 0;
        for (var i = 0; i < word.Length;)
        {
            if (word[i] < 0x80)
            {
                target[size++] = char.IsAsciiLetterUpper((char)word[i]) ? (byte)(word[i] | 0x20) : word[i];
                i++;
                continue;
            }

            if (Rune.DecodeFromUtf8(word[i..], out var rune, out var used) != System.Buffers.OperationStatus.Done || size + 4 > target.Length)
                return 0;
            size += Rune.ToLowerInvariant(rune).EncodeToUtf8(target[size..]);
            i += used;
        }

        return size;
    }

    private static WordTable<Entry> Read()
    {
        var words = new Dictionary<ulong, Entry>();
        foreach (var locale in Locale.All)
        {
            foreach (var list in (string[])["name.first_name", "name.male_first_name", "name.female_first_name", "name.first_name_men", "name.first_name_women"])
                Names(words, locale.Name, list, WordKinds.FirstName);
            foreach (var list in (string[])["name.last_name", "name.male_last_name", "name.female_last_name"])
                Names(words, locale.Name, list, WordKinds.LastName);
            foreach (var place in PlaceTable.Of(locale.Name).Places)
            {
                Place(words, Encoding.UTF8.GetString(place.City), WordKinds.City);
                Place(words, Encoding.UTF8.GetString(place.Region), WordKinds.Region);
            }
        }

        foreach (var country in Country.All)
        {
            Place(words, country.Name, WordKinds.Country);
            Place(words, country.OwnName, WordKinds.Country);
        }

        foreach (var list in Ordinary)
        {
            foreach (var text in WordLists.FindExactly("en", list)?.Texts() ?? [])
            {
                foreach (var word in text.Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries))
                    Put(words, word, WordKinds.Common);
            }
        }

        foreach (var (word, kinds, contexts) in ContextWords.All)
            Put(words, word, kinds, contexts);
        return new(words);
    }

    private static void Names(Dictionary<ulong, Entry> words, string locale, string list, WordKinds kind)
    {
        foreach (var name in WordLists.FindExactly(locale, list)?.Texts() ?? [])
        {
            foreach (var part in name.Split([' ', '-', '\'', '.'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (part.Length == 1 && part[0] < 0x2E80)
                    continue;
                Put(words, part, kind);
                if (Transliteration.ToAscii(part, locale) is { Length: > 2 } plain)
                    Put(words, plain, kind);
            }
        }
    }

    private static void Place(Dictionary<ulong, Entry> words, string place, WordKinds kind)
    {
        Put(words, place, kind);
        var blank = place.AsSpan().IndexOfAny(' ', '.', '-');
        if (blank > 0)
            Put(words, place[..blank], WordKinds.Phrase);
    }

    private static void Put(Dictionary<ulong, Entry> words, string word, WordKinds kinds, int contexts = 0)
    {
        Span<byte> folded = stackalloc byte[LongestWord + 4];
        var size = Fold(Encoding.UTF8.GetBytes(word), folded);
        if (size == 0)
            return;
        var hash = ValueHash.Of(folded[..size]);
        var known = words.GetValueOrDefault(hash);
        words[hash] = new(known.Kinds | kinds, known.Contexts | contexts);
    }
}
