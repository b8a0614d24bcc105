using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Web.Datasets;

/// <summary>
/// What a dataset page shows, as it stands in its address: reload, share and the browser's back button all work on it.
/// What cannot be read is left out, so that an address typed by hand never fails.
/// </summary>
public sealed record DatasetView
{
    /// <summary>Rows a window shows unless asked otherwise.</summary>
    public const int DefaultTake = 100;

    /// <summary>Window sizes that are offered.</summary>
    public static IReadOnlyList<int> Takes { get; } = [50, 100, 250, 500];

    private static readonly (RowOperator Operator, string Code)[] OperatorCodes =
    [
        (RowOperator.Equal, "eq"), (RowOperator.NotEqual, "ne"), (RowOperator.Less, "lt"), (RowOperator.LessOrEqual, "le"),
        (RowOperator.Greater, "gt"), (RowOperator.GreaterOrEqual, "ge"), (RowOperator.StartsWith, "starts"), (RowOperator.Contains, "has"),
        (RowOperator.IsNull, "null"), (RowOperator.IsNotNull, "notnull"),
    ];

    /// <summary>An earlier version's number; null: the current one.</summary>
    public int? Version { get; init; }
    /// <summary>Null: the first one.</summary>
    public string? Entity { get; init; }
    /// <summary>Columns to show, in order; empty: all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    public IReadOnlyList<RowFilter> Filters { get; init; } = [];
    /// <summary>A condition in the schema's own language.</summary>
    public string? Where { get; init; }
    public string? Sort { get; init; }
    public bool Descending { get; init; }
    /// <summary>Row number at the top of the window, 0-based; without sort and filter only.</summary>
    public long From { get; init; }
    /// <summary>Cursor of the window, with sort or filter only.</summary>
    public string? Cursor { get; init; }
    public int Take { get; init; } = DefaultTake;
    /// <summary>Row number that is open in the drawer.</summary>
    public long? Row { get; init; }
    /// <summary>A record named by its key instead of its row number, as a followed foreign key does; the page resolves it.</summary>
    public IReadOnlyList<RowFilter> At { get; init; } = [];
    /// <summary>A value looked for in all columns and entities.</summary>
    public string? Find { get; init; }

    /// <summary>Whether rows are reached by cursor instead of by number.</summary>
    public bool IsKeyset => Sort is not null || IsFiltered;

    /// <summary>Whether some rows are left out.</summary>
    public bool IsFiltered => Filters.Count > 0 || Where is not null;

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static DatasetView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        var sort = Text(values, "sort");
        return new DatasetView
        {
            Version = int.TryParse(Text(values, "v"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null,
            Entity = Text(values, "entity"),
            Columns = Text(values, "cols")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray() ?? [],
            Filters = ParseFilters(values, "f"),
            Where = Text(values, "where"),
            Sort = sort?.TrimStart('-') is { Length: > 0 } column ? column : null,
            Descending = sort is ['-', _, ..],
            From = Number(values, "from") ?? 0,
            Cursor = Text(values, "cursor"),
            Take = int.TryParse(Text(values, "take"), NumberStyles.None, CultureInfo.InvariantCulture, out var take) && Takes.Contains(take) ? take : DefaultTake,
            Row = Number(values, "row"),
            At = ParseFilters(values, "at"),
            Find = Text(values, "find"),
        };
    }

    /// <summary>The query part with its question mark, empty when everything is as it is by default.</summary>
    public string ToQueryString()
    {
        var text = new StringBuilder();
        Add(text, "v", Version?.ToString(CultureInfo.InvariantCulture));
        Add(text, "entity", Entity);
        Add(text, "cols", Columns.Count == 0 ? null : string.Join(',', Columns));
        foreach (var filter in Filters)
            Add(text, "f", Format(filter));
        Add(text, "where", Where);
        Add(text, "sort", Sort is null ? null : Descending ? "-" + Sort : Sort);
        Add(text, "from", From == 0 || IsKeyset ? null : From.ToString(CultureInfo.InvariantCulture));
        Add(text, "cursor", IsKeyset ? Cursor : null);
        Add(text, "take", Take == DefaultTake ? null : Take.ToString(CultureInfo.InvariantCulture));
        Add(text, "row", Row?.ToString(CultureInfo.InvariantCulture));
        foreach (var filter in At)
            Add(text, "at", Format(filter));
        Add(text, "find", Find);
        return text.ToString();
    }

    /// <summary>The window to read.</summary>
    public RowQuery ToRowQuery() => new()
    {
        Columns = Columns,
        Filters = Filters,
        Expression = Where,
        SortBy = Sort,
        Descending = Descending,
        FirstRow = IsKeyset ? 0 : From,
        Cursor = IsKeyset ? Cursor : null,
        Take = Take,
    };

    /// <summary>Another entity of the same version, from its first row.</summary>
    public DatasetView ForEntity(string entity) => new() { Version = Version, Entity = entity, Take = Take };

    /// <summary>Other filters; the window starts again at the top.</summary>
    public DatasetView WithFilters(IReadOnlyList<RowFilter> filters, string? where) =>
        this with { Filters = filters, Where = string.IsNullOrWhiteSpace(where) ? null : where.Trim(), From = 0, Cursor = null, Row = null };

    /// <summary>The next state of a header that was clicked: ascending, descending, as stored.</summary>
    public DatasetView WithNextSort(string column) => (Sort == column, Descending) switch
    {
        (false, _) => this with { Sort = column, Descending = false, From = 0, Cursor = null },
        (true, false) => this with { Descending = true, From = 0, Cursor = null },
        (true, true) => this with { Sort = null, Descending = false, From = 0, Cursor = null },
    };

    /// <summary>The record that a foreign key of <paramref name="reference"/> points to; null when the key is null.</summary>
    public DatasetView? Parent(DatasetReference reference, Func<string, string?> value) =>
        KeyFilters(reference.FromFields, reference.ToFields, value) is { } key ? ForEntity(reference.ToEntity) with { At = key } : null;

    /// <summary>The rows that point to a record over <paramref name="reference"/>.</summary>
    public DatasetView? Children(DatasetReference reference, Func<string, string?> value) =>
        KeyFilters(reference.ToFields, reference.FromFields, value) is { } key ? ForEntity(reference.FromEntity) with { Filters = key } : null;

    private static RowFilter[]? KeyFilters(IReadOnlyList<string> from, IReadOnlyList<string> to, Func<string, string?> value)
    {
        var key = new RowFilter[from.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (value(from[i]) is not { } text)
                return null;
            key[i] = new RowFilter(to[i], RowOperator.Equal, text);
        }

        return key;
    }

    private static RowFilter[] ParseFilters(Dictionary<string, StringValues> values, string key) =>
        values.TryGetValue(key, out var texts) ? [.. texts.Select(ParseFilter).OfType<RowFilter>()] : [];

    private static RowFilter? ParseFilter(string? text)
    {
        if (text?.Split(':', 3) is not [{ Length: > 0 } column, var code, .. var rest])
            return null;
        foreach (var (@operator, its) in OperatorCodes)
        {
            if (its != code)
                continue;
            if (@operator is RowOperator.IsNull or RowOperator.IsNotNull)
                return new RowFilter(column, @operator, null);
            return rest is [var value] ? new RowFilter(column, @operator, value) : null;
        }

        return null;
    }

    private static string Format(RowFilter filter)
    {
        var code = OperatorCodes.First(pair => pair.Operator == filter.Operator).Code;
        return filter.Value is null ? $"{filter.Column}:{code}" : $"{filter.Column}:{code}:{filter.Value}";
    }

    private static string? Text(Dictionary<string, StringValues> values, string key) =>
        values.TryGetValue(key, out var text) && text[0] is { Length: > 0 } value ? value : null;

    private static long? Number(Dictionary<string, StringValues> values, string key) =>
        long.TryParse(Text(values, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Add(StringBuilder text, string key, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
    }
}
