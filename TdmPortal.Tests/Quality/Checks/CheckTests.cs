using TdmPortal.Core.Quality;
using Xunit;

namespace TdmPortal.Tests.Quality.Checks;

/// <summary>Every check of the catalogue over rows that keep it and over rows that do not.</summary>
[Trait("Requirement", "D5")]
public sealed class CheckTests
{
    private const string Parents = "p: id integer*, total decimal = 1|30; 2|5; 3|";
    private const string Children = "c: id integer*, p_id integer, amount decimal = 1|1|10; 2|1|20; 3|2|5; 4||7";

    /// <summary>Check, columns, arguments, rows that keep it, rows that do not, how many of those fail of how many looked at, and the first that fails.</summary>
    public static TheoryData<string, string, string, string, string, long, long, long> Cases() => new()
    {
        { "not_null", "c", "", "c string = a; ''", "c string = a; ; b; ", 2, 4, 1 },
        { "null", "c", "", "c string = ; ", "c string = ; a", 1, 2, 1 },
        { "not_empty", "c", "", "c string = a; ", "c string = a; ''; ~~; ", 2, 3, 1 },
        { "not_empty", "c", "", "c string[] = [a]; ", "c string[] = [a]; []", 1, 2, 1 },
        { "any_not_null", "c,d", "", "c string, d integer = a|; |1", "c string, d integer = a|; |", 1, 2, 1 },
        { "all_or_none_null", "c,d", "", "c string, d integer = a|1; |", "c string, d integer = |; a|; |1", 2, 3, 1 },
        { "in_set", "c", "{'values':['a','b']}", "c string = a; b; ", "c string = a; x; ", 1, 2, 1 },
        { "in_set", "c", "{'values':[1,2]}", "c integer = 1; 2", "c integer = 1; 3", 1, 2, 1 },
        { "in_set", "c", "{'values':{'1.50':70,'2.00':30}}", "c decimal = 1.5; 2", "c decimal = 1.51; 2", 1, 2, 0 },
        { "not_in_set", "c", "{'values':['x']}", "c string = a; ", "c string = a; x", 1, 2, 1 },
        { "pair_in_set", "c,d", "{'pairs':[['DE','EUR'],['US','USD']]}", "c string, d string = DE|EUR; US|USD; |EUR", "c string, d string = DE|EUR; US|EUR", 1, 2, 1 },
        { "contains_set", "c", "{'values':['a','b','z']}", "c string = a; z; b", "c string = a; a; b", 1, 3, -1 },
        { "between", "c", "{'min':1,'max':3}", "c integer = 1; 3; ", "c integer = 0; 3; 4; ", 2, 3, 0 },
        { "between", "c", "{'min':1,'strict_min':true}", "c integer = 2", "c integer = 2; 1", 1, 2, 1 },
        { "between", "c", "{'min':0.5,'max':2.5,'strict_max':true}", "c double = 0.5; 2.49", "c double = 0.5; 2.5", 1, 2, 1 },
        { "between", "c", "{'min':'now-2y','max':'now'}", "c date = 2024-01-01; 2026-01-01", "c date = 2023-12-31; 2026-01-02", 2, 2, 0 },
        { "between", "c", "{'max':'m'}", "c string = a; m", "c string = a; n", 1, 2, 1 },
        { "length_between", "c", "{'min':2,'max':3}", "c string = äö; abc; ", "c string = a; abcd; abc", 2, 3, 0 },
        { "length_between", "c", "{'max':1}", "c string[] = [a]; []; ", "c string[] = [a]; [a,b]", 1, 2, 1 },
        { "matches_regex", "c", "{'pattern':'^[A-Z]{2}[0-9]+$'}", "c string = AB1; ", "c string = AB1; ab1", 1, 2, 1 },
        { "not_matches_regex", "c", "{'pattern':'[0-9]'}", "c string = abc; ", "c string = abc; a1", 1, 2, 1 },
        { "like", "c", "{'pattern':'a%_z'}", "c string = a1z; abcz", "c string = az; a1z; ba1z", 2, 3, 0 },
        { "trimmed", "c", "", "c string = a~b; ''", "c string = ~a; b~; c", 2, 3, 0 },
        { "type", "c", "{'type':'integer'}", "c string = 1; -2; ", "c string = 1; 1.5; x", 2, 3, 1 },
        { "type", "c", "", "c string 3 = abc; äöü", "c string 3 = abc; abcd", 1, 2, 1 },
        { "type", "c", "{'type':'date'}", "c string = 2026-02-28", "c string = 2026-02-30; 2026-02-28", 1, 2, 0 },
        { "json", "c", "", "c string = {}; [1]; ", "c string = {}; {a}; [1] 2", 2, 3, 1 },
        { "date_format", "c", "{'format':'dd.MM.yyyy'}", "c string = 31.01.2026", "c string = 31.01.2026; 2026-01-31", 1, 2, 1 },
        { "email", "c", "", "c string = a.b+c@example.com; jo@münchen.example", "c string = a@example.com; a@b; @x.com; a b@x.com; a@@x.com", 4, 5, 1 },
        { "url", "c", "", "c string = https://example.com/a?b=c", "c string = https://example.com; example.com; http://a b", 2, 3, 1 },
        { "uuid", "c", "", "c string = 7e57d004-2b97-4e7a-b45f-5387367791cd", "c string = 7e57d004-2b97-4e7a-b45f-5387367791cd; 7e57d0042b974e7ab45f5387367791cd", 1, 2, 1 },
        { "iban", "c", "", "c string = DE89 3704 0044 0532 0130 00; GB82WEST12345698765432", "c string = DE89370400440532013001; DE8937040044053201300; GB82WEST12345698765432", 2, 3, 0 },
        { "luhn", "c", "", "c string = 4111 1111 1111 1111; 79927398713", "c string = 4111111111111112; 79927398713", 1, 2, 0 },
        { "ip_address", "c", "", "c string = 192.0.2.1; 2001:db8::1", "c string = 192.0.2.1; 300.1.1.1; 7", 2, 3, 1 },
        { "greater_than_column", "c,d", "", "c date, d date = 2026-01-02|2026-01-01; |2026-01-01", "c date, d date = 2026-01-02|2026-01-01; 2026-01-01|2026-01-01", 1, 2, 1 },
        { "greater_than_column", "c,d", "{'or_equal':true}", "c integer, d integer = 1|1", "c integer, d integer = 1|1; 1|2", 1, 2, 1 },
        { "ordered_columns", "c,d,e", "", "c date, d date, e date = 2026-01-01||2026-01-01; 2026-01-01||", "c date, d date, e date = 2026-01-01|2026-01-02|2026-01-03; 2026-01-01||2025-12-31; |2026-01-02|2026-01-01; ||", 2, 3, 1 },
        { "columns_equal", "c,d", "", "c string, d string = a|a; |", "c string, d string = a|a; a|; a|b", 2, 3, 1 },
        { "multicolumn_sum_equals", "c,d", "{'total':100}", "c decimal, d decimal = 33.33|66.67; |1", "c decimal, d decimal = 33.33|66.67; 33.33|66.66", 1, 2, 1 },
        { "increasing", "c", "", "c integer = 1; 1; ; 2", "c integer = 1; 3; ; 2; 4", 1, 3, 3 },
        { "increasing", "c", "{'strict':true}", "c date = 2026-01-01; 2026-01-02", "c date = 2026-01-01; 2026-01-01", 1, 1, 1 },
        { "decreasing", "c", "", "c double = 3; 2.5; 2.5", "c double = 3; 2; 4", 1, 2, 2 },
        { "sequential_values", "c", "{'step':2}", "c integer = 1; 3; 5", "c integer = 1; 3; 4; 6", 1, 3, 2 },
        { "unique", "c", "", "c string = a; b; ; ", "c string = a; b; a; ; a", 2, 4, 2 },
        { "unique", "c", "", "c integer = 5; 1; 3", "c integer = 5; 1; 5", 1, 3, 2 },
        { "unique_together", "c,d", "", "c integer, d string = 1|a; 1|b; 1|; 1|", "c integer, d string = 1|a; 2|a; 1|a", 1, 3, 2 },
        { "functional_dependency", "c,d", "", "c string, d string = B|1; B|1; C|1; |9; |8", "c string, d string = B|1; C|1; B|2; B|", 2, 4, 2 },
        { "mutually_exclusive_ranges", "c,d", "", "c date, d date = 2026-02-01|; 2026-01-01|2026-02-01", "c date, d date = 2026-02-01|; 2026-01-01|2026-02-02", 1, 2, 0 },
        { "mutually_exclusive_ranges", "c,d", "{'by':'e','gaps':'not_allowed','inclusive':true}", "c integer, d integer, e string = 1|2|x; 3|4|x; 1|9|y", "c integer, d integer, e string = 1|2|x; 4|5|x; 1|9|y", 1, 3, 1 },
        { "row_count_between", "", "{'min':2,'max':3}", "c integer = 1; 2", "c integer = 1", 1, 1, -1 },
        { "mean_between", "c", "{'min':1.9,'max':2.1}", "c decimal = 1; 2; 3; ", "c decimal = 1; 2; 9", 1, 1, -1 },
        { "stdev_between", "c", "{'max':1.001,'min':0.999}", "c integer = 1; 2; 3", "c integer = 1; 2; 5", 1, 1, -1 },
        { "sum_between", "c", "{'min':6,'max':6}", "c integer = 1; 2; 3", "c integer = 1; 2; 4", 1, 1, -1 },
        { "median_between", "c", "{'min':2,'max':2}", "c integer = 9; 1; 2; 4", "c integer = 9; 1; 3", 1, 1, -1 },
        { "quantile_between", "c", "{'share':0.9,'max':9}", "c integer = 1; 2; 3; 4; 5; 6; 7; 8; 9; 99", "c integer = 1; 2; 3; 4; 5; 6; 7; 8; 99; 99", 1, 1, -1 },
        { "min_between", "c", "{'min':2}", "c integer = 3; 2; ", "c integer = 3; 1", 1, 1, -1 },
        { "max_between", "c", "{'max':'now'}", "c timestamp = 2025-12-31T23:59:59Z", "c timestamp = 2026-01-01T00:00:01Z; 2020-01-01", 1, 1, -1 },
        { "proportion_between", "c", "{'value':'gold','min':0.4,'max':0.6}", "c string = gold; a; ", "c string = gold; gold; a", 1, 1, -1 },
        { "null_proportion_between", "c", "{'max':0.5}", "c string = a; ", "c string = a; ; ", 1, 1, -1 },
        { "at_least_one", "c", "", "c string = ; a", "c string = ; ", 1, 1, -1 },
        { "not_constant", "c", "", "c string = a; b; ", "c string = a; a; ", 1, 1, -1 },
        { "distinct_count_between", "c", "{'min':2,'max':2}", "c string = a; b; a; ", "c string = a; b; c", 1, 1, -1 },
        { "unique_proportion_between", "c", "{'min':0.5}", "c string = a; a; b; ", "c string = a; a; a", 1, 1, -1 },
        { "recency", "c", "{'within':'1d'}", "c timestamp = 2025-12-31T00:00:00Z; 2020-01-01", "c timestamp = 2025-12-30T23:59:59Z", 1, 1, -1 },
        { "no_value_older_than", "c", "{'age':'30d'}", "c date = 2025-12-02; ", "c date = 2025-12-01; 2025-12-02", 1, 2, 0 },
        { "not_in_future", "c", "", "c timestamp = 2026-01-01T00:00:00Z", "c timestamp = 2026-01-01T00:00:00Z; 2026-01-01T00:00:00.000001Z", 1, 2, 1 },
        { "expression", "", "{'condition':'c >= 0 or d is null'}", "c integer, d integer = 1|1; -1|; |1", "c integer, d integer = 1|1; -1|1", 1, 2, 1 },
        { "no_personal_data", "c", "", "c string = jo@example.com; card 4111 1111 1111 1111; 1767225600000000; DE00 1234; 078-05-1120; v1.2", "c string = jo@gmail.com; pay 4539578763621486 now; DE89370400440532013000; ssn 123-45-6789; x", 4, 5, 0 },
        { "no_personal_data", "c", "{'emails':false}", "c string = jo@gmail.com", "c string = 4539 5787 6362 1486", 1, 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_RowsThatKeepIt_HoldsAndElseCountsThem(string check, string columns, string args, string good, string bad, long failing, long evaluated, long first)
    {
        var holds = CheckedRows.Of($"t: {good}").Check(check, columns, args);
        var fails = CheckedRows.Of($"t: {bad}").Check(check, columns, args);

        Assert.Null(holds.NotChecked);
        Assert.True(holds.Holds, $"{holds.Failing} of {holds.Evaluated} fail: {string.Join(',', holds.Rows)} {holds.Observed}");
        Assert.Null(fails.NotChecked);
        Assert.Equal((failing, evaluated), (fails.Failing, fails.Evaluated));
        Assert.False(fails.Holds);
        if (first >= 0)
            Assert.Equal(first, fails.Rows[0].Row);
    }

    [Theory]
    [InlineData("foreign_key_exists", "p_id", "{'to':'p'}", "c", "c: id integer*, p_id integer, amount decimal = 1|1|1; 2|9|1; 3||1", 1, 2, 1)]
    [InlineData("row_count_equals_entity", "", "{'to':'p'}", "c", "c: id integer*, p_id integer, amount decimal = 1|1|1", 1, 1, -1)]
    [InlineData("cardinality_between", "", "{'relationship':'c_p','min':1}", "p", Children, 1, 3, 2)]
    [InlineData("sum_equals", "total", "{'relationship':'c_p','value':'amount'}", "p", "c: id integer*, p_id integer, amount decimal = 1|1|10; 2|1|20.01; 3|2|5", 1, 3, 0)]
    [InlineData("expression", "", "{'condition':'amount < parent(c_p).total'}", "c", "c: id integer*, p_id integer, amount decimal = 1|1|10; 2|2|5; 3|3|5; 4||5", 1, 4, 1)]
    public void Check_OverRelationships_CountsTheRowsThatBreakIt(string check, string columns, string args, string entity, string children, long failing, long evaluated, long first)
    {
        var result = CheckedRows.Of(Parents, children)
            .With(new Core.Schemas.RelationshipDefinition { Name = "c_p", From = new("c", ["p_id"]), To = new("p", ["id"]) })
            .Check(check, columns, args, entity: entity);

        Assert.Null(result.NotChecked);
        Assert.Equal((failing, evaluated), (result.Failing, result.Evaluated));
        if (first >= 0)
            Assert.Equal(first, result.Rows[0].Row);
    }

    [Fact]
    public void Check_OverRelationships_HoldsWhereAllAgree()
    {
        var rows = CheckedRows.Of(Parents, Children).With(new Core.Schemas.RelationshipDefinition { Name = "c_p", From = new("c", ["p_id"]), To = new("p", ["id"]) });
        QualityRule[] rules =
        [
            rows.Rule("foreign_key_exists", "p_id", "{'to':'p','fields':['id']}", entity: "c"),
            rows.Rule("row_count_equals_entity", "", "{'to':'p','factor':1.3333333}", entity: "c"),
            rows.Rule("cardinality_between", "", "{'relationship':'c_p','max':2}", entity: "p"),
            rows.Rule("sum_equals", "total", "{'relationship':'c_p','value':'amount'}", entity: "p"),
            rows.Rule("expression", "", "{'condition':'p_id is null or amount <= parent(c_p).total or parent(c_p).total is null'}", entity: "c"),
        ];

        Assert.All(rows.Run(rules), result => Assert.True(result.Holds, $"{result.Rule.Name}: {result.NotChecked} {result.Failing} of {result.Evaluated} {result.Observed}"));
    }

    [Fact]
    public void Cases_CoverTheCatalogue()
    {
        var covered = Cases().Select(row => row.Data.Item1).Concat(["foreign_key_exists", "row_count_equals_entity", "cardinality_between", "sum_equals"]).ToHashSet(StringComparer.Ordinal);

        Assert.True(CheckCatalogue.All.Count >= 30, "fewer checks than promised");
        Assert.Equal([], CheckCatalogue.All.Select(check => check.Name).Where(name => !covered.Contains(name)));
    }
}
