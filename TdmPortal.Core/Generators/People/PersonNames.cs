using System.Collections.Concurrent;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Generators.People;

/// <summary>The names of a locale by gender, with the form that each takes in an address or a login name.</summary>
internal sealed class PersonNames
{
    private static readonly ConcurrentDictionary<string, PersonNames> ByLocale = new(StringComparer.Ordinal);
    private static readonly HashSet<string> FamilyFirst = ["ja", "zh_CN", "ko"];

    private PersonNames(string locale)
    {
        var all = new[] { "name.first_name", "name.male_first_name", "name.female_first_name" }.Select(list => Nearest(locale, list)).OfType<WordList>().SelectMany(list => list.Texts()).ToArray();
        First = [Given(locale, "male", all), Given(locale, "female", all)];
        Last = [Family(locale, "male"), Family(locale, "female")];
        Middle = [Nearest(locale, "name.male_middle_name") ?? First[0], Nearest(locale, "name.female_middle_name") ?? First[1]];
        Prefix = [WordLists.Get(locale, "person.male_prefix"), WordLists.Get(locale, "person.female_prefix")];
        FirstSlugs = [.. First.Select(list => Slugs(list, locale))];
        LastSlugs = [.. Last.Select(list => Slugs(list, locale))];
        IsFamilyFirst = FamilyFirst.Contains(locale);
    }

    /// <summary>First names: male, female.</summary>
    public WordList[] First { get; }

    public WordList[] Last { get; }

    /// <summary>Patronymics where the locale has them, else second first names.</summary>
    public WordList[] Middle { get; }

    public WordList[] Prefix { get; }

    /// <summary>The first names in a to z, index by index.</summary>
    public string[][] FirstSlugs { get; }

    public string[][] LastSlugs { get; }

    /// <summary>Whether the family name stands first.</summary>
    public bool IsFamilyFirst { get; }

    public static PersonNames Of(string locale) => ByLocale.GetOrAdd(Locale.Get(locale).Name, static name => new(name));

    // A locale's own names, before those of the one it falls back to: Austrian first names, although German ones know the gender.
    private static WordList? Nearest(string locale, string list)
    {
        foreach (var name in Locale.Get(locale).Chain)
        {
            if (WordLists.FindExactly(name, list) is { } found)
                return found;
        }

        return null;
    }

    private static WordList Given(string locale, string gender, string[] all)
    {
        if (all.Length == 0)
            return WordLists.Get(locale, $"name.{gender}_first_name");
        var own = Nearest(locale, $"name.{gender}_first_name") ?? Nearest(locale, gender == "male" ? "name.first_name_men" : "name.first_name_women");
        if (own is { Words: >= 50 })
            return own;

        // Names without a gender: those that another locale knows as the other gender's only are left out.
        var female = gender == "female";
        var fitting = all.Where(name => Gender(name, locale) is not { } known || known == female).Concat(own?.Texts() ?? []).ToArray();
        return new(fitting.Length > 0 ? fitting : all);
    }

    /// <summary>True for a female name, false for a male one, null where it can be both or is not known.</summary>
    private static bool? Gender(string name, string locale)
    {
        foreach (var known in (string[])["de", "en", "it", "fr", "pt_PT"])
        {
            var (male, female) = (Contains(known, "male", name), Contains(known, "female", name));
            if (male != female)
                return female;
        }

        return locale switch
        {
            "el" => !name.EndsWith('ς'),
            "es" or "es_MX" or "pl" or "nl" or "nl_BE" or "sv" or "hr" or "ro" => name.EndsWith('a'),
            _ => null,
        };
    }

    private static bool Contains(string locale, string gender, string name) =>
        Sets.GetOrAdd((locale, gender), static key => [.. WordLists.Get(key.Item1, $"name.{key.Item2}_first_name").Texts()]).Contains(name);

    private static readonly ConcurrentDictionary<(string, string), HashSet<string>> Sets = new();

    private static WordList Family(string locale, string gender) =>
        Nearest(locale, $"name.{gender}_last_name") ?? Nearest(locale, "name.last_name") ?? WordLists.Get("en", "name.last_name");

    private static string[] Slugs(WordList names, string locale)
    {
        var english = new Lazy<WordList>(() => WordLists.Get("en", "internet.word"));
        return [.. names.Texts().Select((name, i) => Transliteration.ToAscii(name, locale) is { Length: > 0 } slug ? slug : english.Value.Texts().ElementAt(i % english.Value.Words))];
    }
}
