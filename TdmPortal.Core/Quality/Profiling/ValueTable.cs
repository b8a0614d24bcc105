namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Values of a column and how often they occur, most frequent first; by hash, the first ones with their text.</summary>
internal sealed class ValueTable(ulong[] hashes, long[] counts, string[] texts, bool isAll)
{
    /// <summary>Texts that are kept.</summary>
    public const int MostTexts = 256;

    /// <summary>Different texts up to which all of them are kept; with more a column is none of categories.</summary>
    public const int MostCategories = 1024;

    private readonly Dictionary<ulong, long> rows = Enumerable.Range(0, hashes.Length).ToDictionary(entry => hashes[entry], entry => counts[entry]);

    public static ValueTable None { get; } = new([], [], [], false);

    /// <summary>Whether these are all values there are, with exact counts.</summary>
    public bool IsAll => isAll;

    public ReadOnlySpan<ulong> Hashes => hashes;

    public ReadOnlySpan<long> Counts => counts;

    public IReadOnlyList<string> Texts => texts;

    /// <summary>How many of so many values are kept.</summary>
    public static int Most(bool isExact, int count, bool hasTexts) => isExact && count <= (hasTexts ? MostCategories : MostTexts) ? count : MostTexts;

    /// <summary>Rows with a value; 0 where it is not in the table.</summary>
    public long Rows(ulong hash) => rows.GetValueOrDefault(hash);

    /// <summary>The text of a value that has one.</summary>
    public string? Text(ulong hash)
    {
        var entry = Array.IndexOf(hashes, hash);
        return entry >= 0 && entry < texts.Length ? texts[entry] : null;
    }
}
