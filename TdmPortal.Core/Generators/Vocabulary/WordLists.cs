using System.Collections.Concurrent;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Vocabulary;

/// <summary>
/// Words by list and locale: our own (words.txt) first, then Bogus' data. Each list is read once, when it is first asked
/// for, into one buffer without repeats.
/// </summary>
internal static class WordLists
{
    private static readonly ConcurrentDictionary<(string Locale, string List), WordList?> Lists = new();
    private static readonly Lazy<Dictionary<string, string>> Own = new(ReadOwn);

    /// <summary>The list in the locale, or in the nearest one that has it; English at last.</summary>
    /// <exception cref="ArgumentException">No locale has it: a mistake in the catalogue.</exception>
    public static WordList Get(string locale, string list) =>
        Find(locale, list) ?? throw new ArgumentException($"there is no word list \"{list}\"", nameof(list));

    /// <summary>As <see cref="Get"/>, but null where no locale has it.</summary>
    public static WordList? Find(string locale, string list)
    {
        foreach (var name in Locale.Get(locale).Chain)
        {
            if (FindExactly(name, list) is { } found)
                return found;
        }

        return FindExactly("en", list);
    }

    /// <summary>The list of just that locale, or null.</summary>
    public static WordList? FindExactly(string locale, string list) => Lists.GetOrAdd((locale, list), static key =>
    {
        var own = key.Locale == "en" ? key.List : $"{key.List}@{key.Locale}";
        if (Own.Value.TryGetValue(own, out var words))
            return new(words.Split('|'));
        return FromBogus(key.Locale, key.List) is { Length: > 0 } read ? new(read) : null;
    });

    private static string[]? FromBogus(string locale, string list) =>
        BogusData.Texts(locale, list) is { } texts

            // Bogus fills a name with grammar (#{first_name}) where a locale has no plain words for it.
            ? [.. texts.Select(text => text.Trim()).Where(word => word.Length > 0 && !word.Contains("#{", StringComparison.Ordinal))]
            : null;

    private static Dictionary<string, string> ReadOwn()
    {
        using var stream = typeof(WordLists).Assembly.GetManifestResourceStream("TdmPortal.Core.words.txt")!;
        using var reader = new StreamReader(stream);
        var lists = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                lists.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return lists;
    }
}
