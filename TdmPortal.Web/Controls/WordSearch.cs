namespace TdmPortal.Web.Controls;

/// <summary>Finds things of a catalogue by what people call them: names, synonyms, categories, words of the summary, example values; slips of the keys allowed.</summary>
public static class WordSearch
{
    /// <summary>Best first; all of them in their order when nothing is asked.</summary>
    public static IReadOnlyList<T> Find<T>(IEnumerable<T> things, string text, Func<T, SearchWords> wordsOf)
    {
        var words = text.Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return [.. things];
        return [.. things
            .Select(thing => (Thing: thing, Words: wordsOf(thing)))
            .Select(one => (one.Thing, one.Words.Name, Score: words.Select(word => Score(one.Words, word)).Aggregate(1.0, (all, score) => all * score)))
            .Where(hit => hit.Score > 0)
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Name.Length).ThenBy(hit => hit.Name, StringComparer.Ordinal)
            .Select(hit => hit.Thing)];
    }

    /// <summary>0 (nothing in common) to 1 (this is its name).</summary>
    private static double Score(SearchWords words, string word)
    {
        var last = words.Name[(words.Name.LastIndexOf('.') + 1)..];
        var best = Math.Max(Word(words.Name, word), 0.98 * Word(last, word));
        foreach (var synonym in words.Synonyms)
        {
            best = Math.Max(best, 0.95 * Word(synonym, word));
            foreach (var part in synonym.Split(' '))
                best = Math.Max(best, 0.8 * Word(part, word));
        }

        best = Math.Max(best, 0.7 * Word(words.Category, word));
        if (word.Length >= 3)
        {
            if (words.Summary.Split(' ', ',', '.').Any(part => part.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                best = Math.Max(best, 0.45);
            if (words.Example.Contains(word, StringComparison.OrdinalIgnoreCase))
                best = Math.Max(best, 0.4);
        }

        return best;
    }

    private static double Word(string candidate, string word)
    {
        if (candidate.Equals(word, StringComparison.OrdinalIgnoreCase))
            return 1;
        if (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return 0.75 + (0.2 * word.Length / candidate.Length);
        if (word.Length >= 3 && candidate.Contains(word, StringComparison.OrdinalIgnoreCase))
            return 0.6;
        if (word.Length >= 4 && IsOneSlipAway(candidate, word))
            return 0.55;
        return word.Length >= 3 && Subsequence(candidate, word) is var spread and > 0 ? 0.3 * word.Length / spread : 0;
    }

    /// <summary>Length of the shortest stretch from the first letter of <paramref name="candidate"/> on that has the word's letters in order; 0 when there is none.</summary>
    private static int Subsequence(string candidate, string word)
    {
        if (candidate.Length == 0 || char.ToLowerInvariant(candidate[0]) != char.ToLowerInvariant(word[0]))
            return 0;
        var at = 0;
        for (var i = 0; i < candidate.Length; i++)
        {
            if (char.ToLowerInvariant(candidate[i]) == char.ToLowerInvariant(word[at]) && ++at == word.Length)
                return i + 1;
        }

        return 0;
    }

    /// <summary>One letter wrong, missing, too many or two swapped.</summary>
    private static bool IsOneSlipAway(string candidate, string word)
    {
        if (Math.Abs(candidate.Length - word.Length) > 1)
            return false;
        var (a, b) = (candidate.ToLowerInvariant(), word.ToLowerInvariant());
        var i = 0;
        while (i < a.Length && i < b.Length && a[i] == b[i])
            i++;
        var restA = a.AsSpan(i);
        var restB = b.AsSpan(i);
        if (restA.Length > restB.Length)
            return restA[1..].SequenceEqual(restB);
        if (restB.Length > restA.Length)
            return restB[1..].SequenceEqual(restA);
        return restA.Length == 0 || restA[1..].SequenceEqual(restB[1..])
            || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..]));
    }
}
