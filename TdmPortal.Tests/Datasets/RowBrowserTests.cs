using System.Globalization;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>Windows of stored rows: the same rows in every order, from either end, as sorting all of them in memory gives.</summary>
public class RowBrowserTests(RowBrowserTests.Stored stored) : IClassFixture<RowBrowserTests.Stored>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One dataset for all tests of the class: they only read.</summary>
    public sealed class Stored(Testing.DatabaseServer server) : IAsyncLifetime
    {
        public DatasetPortal Portal { get; } = new(server);
        public DatasetVersionDetail Version { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Portal.InitializeAsync();
            Version = (await Portal.ShopAsync("rows", customers: 500, orders: 25_000)).Current!;
        }

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }

    [Fact]
    public async Task Read_Unsorted_GivesTheWindowByRowNumber()
    {
        var page = await ReadAsync("order", new RowQuery { FirstRow = 24_990, Take = 50 });
        Assert.Equal(Enumerable.Range(24_990, 10).Select(row => (long)row), page.RowNumbers);
        Assert.Equal((25_000L, true), (page.Matching, page.MatchingIsExact));
        Assert.Equal((24_990 + 1000).ToString(CultureInfo.InvariantCulture), page.Cells[0][0]);
        Assert.Equal(["id", "customer_id", "status", "total", "note"], page.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task Read_ChosenColumns_ComeInThatOrder()
    {
        var page = await ReadAsync("order", new RowQuery { Columns = ["total", "id"], Take = 1 });
        Assert.Equal(["total", "id"], page.Columns.Select(column => column.Name));
        Assert.Equal("1000", page.Cells[0][1]);
    }

    [Fact]
    public async Task Read_CellsOfEveryType_AreWrittenAsInFiles()
    {
        var page = await ReadAsync("customer", new RowQuery { Take = 200 });
        string[] patterns = [@"^\d+$", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "^(bronze|Silver|gold)$", @"^\d+\.\d\d$", @"^\d$", @"^(0|1|0?\.\d+|\d(\.\d+)?([eE]-?\d+)?)$", "^(true|false)$", @"^\d{4}-\d\d-\d\d$", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z$", @"^\[("".*"")?\]$"];
        foreach (var row in page.Cells)
            Assert.All(patterns.Index(), pattern => Assert.True(row[pattern.Index] is null || System.Text.RegularExpressions.Regex.IsMatch(row[pattern.Index]!, pattern.Item, default, TimeSpan.FromSeconds(1)), $"{pattern.Index}: {row[pattern.Index]}"));
        Assert.Contains(page.Cells, row => row[4] is null);
    }

    [Theory]
    [InlineData("tier", false)]
    [InlineData("tier", true)]
    [InlineData("score", false)]
    [InlineData("score", true)]
    [InlineData("born", false)]
    [InlineData("born", true)]
    [InlineData("limit", true)]
    [InlineData("ratio", false)]
    [InlineData("active", true)]
    [InlineData("seen_at", false)]
    [InlineData("code", false)]
    [InlineData("tags", false)]
    public async Task Read_Sorted_WalksAllRowsOnceBothWays(string column, bool descending)
    {
        var query = new RowQuery { SortBy = column, Descending = descending, Take = 70, Columns = ["id", column] };
        var (forwards, last) = await WalkAsync("customer", query, page => page.Next);
        Assert.Equal(500, forwards.Select(row => row.Number).Distinct().Count());
        Assert.Equal(500, forwards.Count);
        // Ties go by row number, nulls stand together at one end.
        Assert.All(forwards.Zip(forwards.Skip(1)).Where(pair => pair.First.Value == pair.Second.Value), pair => Assert.Equal(descending, pair.First.Number > pair.Second.Number));
        var nulls = forwards.Select(row => row.Value is null).ToList();
        Assert.True(nulls.TrueForAll(isNull => !isNull) || nulls.IndexOf(true) == (descending ? 0 : nulls.Count - nulls.Count(isNull => isNull)));
        Assert.Equal(await ServerOrderAsync(column, descending), forwards.Select(row => row.Number));

        var (backwards, _) = await WalkAsync("customer", query with { Cursor = last.Previous }, page => page.Previous, reverse: true);
        Assert.Equal(forwards.Take(forwards.Count - last.RowNumbers.Count).Select(row => row.Number), backwards.AsEnumerable().Reverse().Select(row => row.Number));
        var end = await ReadAsync("customer", query with { Cursor = RowQuery.LastPage });
        Assert.Equal(forwards.TakeLast(70).Select(row => row.Number), end.RowNumbers);
        Assert.Null(end.Next);
    }

    [Theory]
    [InlineData("score", RowOperator.Equal, "3")]
    [InlineData("score", RowOperator.NotEqual, "3")]
    [InlineData("score", RowOperator.Less, "3")]
    [InlineData("limit", RowOperator.GreaterOrEqual, "2500.005")]
    [InlineData("born", RowOperator.LessOrEqual, "1980-06-15")]
    [InlineData("seen_at", RowOperator.Greater, "2025-03-01T00:00:00Z")]
    [InlineData("active", RowOperator.Equal, "TRUE")]
    [InlineData("tier", RowOperator.Equal, "Silver")]
    [InlineData("tier", RowOperator.StartsWith, "Sil")]
    [InlineData("tier", RowOperator.Contains, "ILV")]
    [InlineData("born", RowOperator.StartsWith, "197")]
    [InlineData("tags", RowOperator.Contains, "C\\\"")]
    [InlineData("tags", RowOperator.Equal, "[]")]
    [InlineData("score", RowOperator.IsNull, null)]
    [InlineData("score", RowOperator.IsNotNull, null)]
    public async Task Read_Filtered_GivesTheMatchingRowsAndTheirNumber(string column, RowOperator comparison, string? value)
    {
        var all = await ReadAsync("customer", new RowQuery { Columns = [column], Take = 1000 });
        bool Matches(string? cell) => comparison switch
        {
            RowOperator.IsNull => cell is null,
            RowOperator.NotEqual => cell != value,
            RowOperator.IsNotNull => cell is not null,
            _ when cell is null => false,
            RowOperator.Equal => string.Equals(cell, value, column == "active" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
            RowOperator.StartsWith => cell.StartsWith(value!, StringComparison.Ordinal),
            RowOperator.Contains => cell.Contains(value!, StringComparison.OrdinalIgnoreCase),
            RowOperator.GreaterOrEqual => decimal.Parse(cell, CultureInfo.InvariantCulture) >= decimal.Parse(value!, CultureInfo.InvariantCulture),
            RowOperator.Greater => string.CompareOrdinal(cell, value) > 0,
            RowOperator.LessOrEqual => string.CompareOrdinal(cell, value) <= 0,
            _ => decimal.Parse(cell, CultureInfo.InvariantCulture) < decimal.Parse(value!, CultureInfo.InvariantCulture),
        };
        var expected = all.Cells.Index().Where(row => Matches(row.Item[0])).Select(row => (long)row.Index).ToList();
        Assert.InRange(expected.Count, 1, 499);
        var query = new RowQuery { Filters = [new RowFilter(column, comparison, value)], Take = 40, Columns = [column] };
        Assert.Equal(((long?)expected.Count, true), ((await ReadAsync("customer", query)).Matching, true));
        var (found, _) = await WalkAsync("customer", query, page => page.Next);
        Assert.Equal(expected, found.Select(row => row.Number));
    }

    [Fact]
    public async Task Read_SortedAndFiltered_KeepsToBoth()
    {
        var (found, _) = await WalkAsync("customer", new RowQuery { Columns = ["tier", "score"], SortBy = "score", Descending = true, Filters = [new("tier", RowOperator.Equal, "gold"), new("active", RowOperator.Equal, "true")], Take = 9 }, page => page.Next);
        var all = await ReadAsync("customer", new RowQuery { Columns = ["tier", "active", "score"], Take = 1000 });
        Assert.Equal(all.Cells.Count(row => row[0] == "gold" && row[1] == "true"), found.Count);
        Assert.Equal(found.Select(row => row.Value).OrderByDescending(score => score is null ? 10 : int.Parse(score, CultureInfo.InvariantCulture)), found.Select(row => row.Value));
    }

    [Fact]
    public async Task Read_Expression_FiltersInTheSchemasLanguage()
    {
        var page = await ReadAsync("customer", new RowQuery { Expression = "score >= 5 and tier in ('gold', 'Silver')", Columns = ["score", "tier"], Take = 1000 });
        Assert.NotEmpty(page.Cells);
        Assert.All(page.Cells, row => Assert.True(int.Parse(row[0]!, CultureInfo.InvariantCulture) >= 5 && row[1] is "gold" or "Silver"));
        var refused = await Assert.ThrowsAsync<PortalException>(() => ReadAsync("customer", new RowQuery { Expression = "score >= and" }));
        Assert.Equal("dataset.filter_invalid", refused.Code);
    }

    [Fact]
    public async Task Read_HostileTexts_AreValuesAndNothingElse()
    {
        foreach (var hostile in new[] { "'; DROP TABLE customer; --", "$1", "%", "_", "\\", "\"", "\u0001", "👾" })
        {
            Assert.Empty((await ReadAsync("customer", new RowQuery { Filters = [new("tier", RowOperator.Equal, hostile)] })).Cells);
            Assert.Empty((await ReadAsync("customer", new RowQuery { Filters = [new("tier", RowOperator.Contains, hostile)] })).Cells);
        }

        var refused = await Assert.ThrowsAsync<PortalException>(() => ReadAsync("customer", new RowQuery { SortBy = "id\" DESC; --" }));
        Assert.Equal("dataset.unknown_column", refused.Code);
    }

    [Theory]
    [InlineData("score", "three")]
    [InlineData("score", "99999999999999999999")]
    [InlineData("limit", "1.2.3")]
    [InlineData("born", "15.06.1980")]
    [InlineData("born", "1980-02-30")]
    [InlineData("seen_at", "yesterday")]
    [InlineData("code", "0f8f")]
    [InlineData("active", "perhaps")]
    [InlineData("tags", "a b")]
    [InlineData("tier", null)]
    public async Task Read_ValueOfTheWrongType_IsRefusedInWords(string column, string? value)
    {
        var refused = await Assert.ThrowsAsync<PortalException>(() => ReadAsync("customer", new RowQuery { Filters = [new(column, RowOperator.Equal, value)] }));
        Assert.Equal("dataset.bad_filter", refused.Code);
        Assert.Contains(column, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.SuggestedActions);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("eyJiYWNrd2FyZHMiOmZhbHNlfQ??")]
    public async Task Read_MadeUpCursor_IsRefused(string cursor) =>
        Assert.Equal("dataset.bad_cursor", (await Assert.ThrowsAsync<PortalException>(() => ReadAsync("customer", new RowQuery { SortBy = "tier", Cursor = cursor }))).Code);

    [Fact]
    public async Task EnsureIndex_FirstTime_BuildsItAndSortingUsesIt()
    {
        var query = new RowQuery { SortBy = "note", Take = 10 };
        var before = await ReadAsync("order", query);
        Assert.Equal("note", before.MissingIndex);
        var shares = new List<double>();
        await stored.Portal.Rows.EnsureIndexAsync(stored.Portal.Tester, stored.Version.VersionId, "order", "note", new Collector(shares), Cancellation);
        Assert.Equal(1, shares[^1]);
        var after = await ReadAsync("order", query);
        Assert.Null(after.MissingIndex);
        Assert.Equal(before.RowNumbers, after.RowNumbers);
        Assert.Equal(1L, await stored.Portal.ScalarAsync<long>("SELECT count(*) FROM pg_indexes WHERE schemaname = 'checkout_rows__v1' AND indexdef LIKE '%(note, __row)'"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stored.Portal.Rows.EnsureIndexAsync(stored.Portal.Tester, stored.Version.VersionId, "order", "total", null, Cancellation)));
        Assert.Null((await ReadAsync("order", new RowQuery { SortBy = "total" })).MissingIndex);
    }

    [Fact]
    public async Task Read_ManyMatches_AreCountedUpToABound()
    {
        var page = await ReadAsync("order", new RowQuery { Filters = [new("total", RowOperator.GreaterOrEqual, "0")] });
        Assert.Equal((RowBrowser.CountLimit, false), (page.Matching, page.MatchingIsExact));
    }

    [Fact]
    public async Task Find_Value_NamesEntityColumnAndRow()
    {
        var hits = await stored.Portal.Rows.FindAsync(stored.Portal.Tester, stored.Version.VersionId, "1007", 5, Cancellation);
        Assert.Contains(new RowHit("order", "id", 7, "1007"), hits);
        Assert.Contains(await stored.Portal.Rows.FindAsync(stored.Portal.Tester, stored.Version.VersionId, "SILVER", 5, Cancellation), hit => hit is { Entity: "customer", Column: "tier", Value: "Silver" });
        Assert.Empty(await stored.Portal.Rows.FindAsync(stored.Portal.Tester, stored.Version.VersionId, "no such thing", 5, Cancellation));
    }

    [Fact]
    public async Task Uses_ARow_CountsItsChildren()
    {
        var use = Assert.Single(await stored.Portal.Rows.UsesAsync(stored.Portal.Tester, stored.Version.VersionId, "customer", 41, Cancellation));
        Assert.Equal("order_customer", use.Reference.Relationship);
        var children = await ReadAsync("order", new RowQuery { Filters = [new("customer_id", RowOperator.Equal, "42")] });
        Assert.Equal((children.Matching, true), (use.Count, use.IsExact));
        Assert.True(use.Count > 0);
        await Assert.ThrowsAsync<NotFoundException>(() => stored.Portal.Rows.UsesAsync(stored.Portal.Tester, stored.Version.VersionId, "customer", 500, Cancellation));
    }

    [Fact]
    public async Task AnotherTeam_FindsNothing_HoweverItAsks()
    {
        var (rows, stranger, version) = (stored.Portal.Rows, stored.Portal.Stranger, stored.Version.VersionId);
        await Assert.ThrowsAsync<NotFoundException>(() => rows.ReadAsync(stranger, version, "order", new RowQuery(), Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => rows.FindAsync(stranger, version, "1007", 5, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => rows.EnsureIndexAsync(stranger, version, "order", "total", null, Cancellation));
        // With the application's check left out the database holds by itself.
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => stored.Portal.Database.ReadRowsAsync(stranger, async (connection, token) =>
        {
            await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM checkout_rows__v1.\"order\"", connection);
            return await command.ExecuteScalarAsync(token);
        }, Cancellation));
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task<RowPage> ReadAsync(string entity, RowQuery query) => stored.Portal.Rows.ReadAsync(stored.Portal.Tester, stored.Version.VersionId, entity, query, Cancellation);

    private async Task<(List<(long Number, string? Value)> Rows, RowPage Last)> WalkAsync(string entity, RowQuery query, Func<RowPage, string?> next, bool reverse = false)
    {
        var rows = new List<(long, string?)>();
        while (true)
        {
            var page = await ReadAsync(entity, query);
            Assert.True(page.RowNumbers.Count <= query.Take);
            var read = page.RowNumbers.Zip(page.Cells, (number, cells) => (number, cells[^1]));
            rows.AddRange(reverse ? read.Reverse() : read);
            if (next(page) is not { } cursor)
                return (rows, page);
            query = query with { Cursor = cursor };
        }
    }

    private async Task<long[]> ServerOrderAsync(string column, bool descending)
    {
        var direction = descending ? "DESC" : "ASC";
        return (await stored.Portal.ScalarAsync<long[]>($"SELECT array_agg(__row ORDER BY \"{column}\" {direction}, __row {direction}) FROM checkout_rows__v1.customer"))!;
    }

    private sealed class Collector(List<double> shares) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (shares)
                shares.Add(value);
        }
    }
}
