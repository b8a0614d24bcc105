namespace TdmPortal.Core.Import.Making;

/// <summary>What checks say of one column by itself; a generator that keeps to it needs no drawing again.</summary>
internal sealed class ColumnFacts
{
    /// <summary>The only values.</summary>
    public List<string>? Choices { get; private set; }

    public HashSet<string> Not { get; } = new(StringComparer.Ordinal);

    public decimal? Min { get; private set; }

    public bool MinIsOpen { get; private set; }

    public decimal? Max { get; private set; }

    public bool MaxIsOpen { get; private set; }

    /// <summary>Every value is a multiple of it.</summary>
    public decimal? Step { get; set; }

    /// <summary>Dates as the document writes them: <c>2026-01-31</c>, <c>now</c>.</summary>
    public string? From { get; private set; }

    public string? To { get; private set; }

    /// <summary>A pattern that the whole text keeps to.</summary>
    public string? Pattern { get; set; }

    /// <summary>The regular expression that the pattern was made from, as the server has it.</summary>
    public string? Regex { get; set; }

    /// <summary>What the column must be equal to, in the document's language, and the columns that it reads.</summary>
    public (string Text, IReadOnlyList<ImportColumn> Reads)? Computed { get; set; }

    public char? FirstLetter { get; set; }

    public char? LastLetter { get; set; }

    public int? MinLength { get; private set; }

    public int? MaxLength { get; private set; }

    public bool IsLower { get; set; }

    public bool IsUpper { get; set; }

    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>number</c>, <c>boolean</c>.</summary>
    public string? JsonType { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool NotNull { get; set; }

    /// <summary>Another column of the row that this one does not come before, with whether they may be equal.</summary>
    public string? After { get; set; }

    public void OneOf(IEnumerable<string> values)
    {
        var all = values.ToList();
        Choices = Choices is null ? all : [.. Choices.Intersect(all, StringComparer.Ordinal)];
    }

    public void AtLeast(decimal value, bool isOpen)
    {
        if (Min is null || value > Min || (value == Min && isOpen))
            (Min, MinIsOpen) = (value, isOpen);
    }

    public void AtMost(decimal value, bool isOpen)
    {
        if (Max is null || value < Max || (value == Max && isOpen))
            (Max, MaxIsOpen) = (value, isOpen);
    }

    public void NotBefore(string day)
    {
        if (From is null || string.CompareOrdinal(day, From) > 0 || day.StartsWith("now", StringComparison.Ordinal))
            From = day;
    }

    public void NotAfter(string day)
    {
        if (To is null || string.CompareOrdinal(day, To) < 0 || day.StartsWith("now", StringComparison.Ordinal))
            To = day;
    }

    public void Length(int? min, int? max)
    {
        if (min > (MinLength ?? 0))
            MinLength = min;
        if (max is { } most && most < (MaxLength ?? int.MaxValue))
            MaxLength = most;
    }
}
