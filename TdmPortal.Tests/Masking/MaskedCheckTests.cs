using System.Globalization;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>Checks that read masked columns: kept where a masker can, and else named before the run.</summary>
[Trait("Requirement", "D3")]
public sealed class MaskedCheckTests
{
    [Theory]
    [InlineData("string", "v in ('new', 'old', 'gone')", "scramble", "{}", "new|old|gone|old")]
    [InlineData("string", "v in ('new', 'old', 'gone')", "redact", "{}", "new|old|gone|old")]
    [InlineData("string", "v is null or v in ('new', 'old')", "generate", """{ "generator": "person.firstName" }""", "new|old")]
    [InlineData("string", "length(v) <= 7", "last_name", "{}", "Ng|Miller|Schmidt")]
    [InlineData("string", "length(v) <= 30 and v <> ''", "email", "{}", "a@b.example|b@c.example")]
    [InlineData("string", "length(v) >= 15 and length(v) <= 16", "last_name", "{}", "Smith-Parker-Li|Schmidt-Parkerly")]
    [InlineData("string", "length(v) = 9", "redact", "{}", "AB-123456|ZZ-000001")]
    [InlineData("integer", "v > 0 and v < 100", "noise", """{ "strength": 1 }""", "1|2|50|98|99")]
    [InlineData("integer", "v >= 18", "redact", "{}", "18|19|77")]
    [InlineData("integer", "v in (10, 20, 30)", "fpe", "{}", "10|20|30|10")]
    [InlineData("integer", "v <= 40", "fpe", "{}", "1|2|3|40|-7")]
    [InlineData("date", "v >= '2020-01-01' and v < '2021-01-01'", "date_shift", "{}", "18262|18300|18627")]
    [InlineData("date", "v <= '2021-01-01'", "date_shift", "{}", "18262|18300|18628")]
    public void Read_ColumnWithACheckOfItsOwn_HoldsItAfterMasking(string type, string check, string masker, string args, string values)
    {
        var (masked, result) = Mask(type, check, masker, args, values.Split('|'), unique: false);
        Assert.DoesNotContain(result.Problems, problem => problem.Code == "masking.check_not_kept");
        Assert.Contains("v_check", result.KeptChecks);
        Assert.All(masked, value => Assert.True(Holds(check, value), $"{value} does not hold {check}"));
        foreach (var same in values.Split('|').Zip(masked).GroupBy(pair => pair.First))
            Assert.Single(same.Select(pair => pair.Second).Distinct());
        if (masker is not ("redact" or "noise"))
            Assert.DoesNotContain(values.Split('|').Zip(masked), pair => pair.First == pair.Second);
    }

    [Theory]
    [InlineData("v > 0", "{}", 1, 5000)]
    [InlineData("v > 40000000", "{}", 40_000_001, 5000)]
    [InlineData("v >= 1 and v <= 5000", """{ "small": "permute" }""", 1, 5000)]
    [InlineData("v >= 1 and v <= 2000000", "{}", 1, 5000)]
    public void Read_UniqueNumbersWithinBounds_StayUniqueAndWithinThem(string check, string args, int from, int count)
    {
        string[] values = [.. Enumerable.Range(from, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var (masked, result) = Mask("integer", check, "fpe", args, values, unique: true);
        Assert.Contains("v_check", result.KeptChecks);
        Assert.All(masked, value => Assert.True(Holds(check, value), $"{value} does not hold {check}"));
        Assert.Distinct(masked);
        Assert.NotEqual(values, masked);
    }

    [Theory]
    [InlineData("string", "v < other", "scramble", "{}", false)]
    [InlineData("string", "v <> 'x'", "scramble", "{}", false)]
    [InlineData("string", "length(v) >= 40", "email", "{}", true)]
    [InlineData("string", "v in ('a', 'b')", "hash", "{}", true)]
    [InlineData("integer", "v >= 1 and v <= 5000", "fpe", "{}", true)]
    [InlineData("integer", "v in (1, 2)", "fpe", "{}", true)]
    [InlineData("integer", "v > 999999990", "fpe", "{}", true)]
    [InlineData("integer", "v > 5 and v < 3", "noise", "{}", false)]
    public void Compile_CheckThatMaskingMayBreak_IsNamedBeforeTheRun(string type, string check, string masker, string args, bool unique)
    {
        var result = Compile(type, check, masker, args, unique);
        Assert.NotNull(result.Plan);
        var problem = Assert.Single(result.Problems);
        Assert.Equal(("masking.check_not_kept", ProblemSeverity.Warning, "rules[0]"), (problem.Code, problem.Severity, problem.Path));
        Assert.Contains(check, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("v_check", result.KeptChecks);
    }

    [Fact]
    public void Document_OfAMaskedVersion_HasTheChecksThatHold()
    {
        var document = Document("integer", "v > 0", unique: false, ("kept", "other = 'a'"), ("broken", "other = 'a' or v = 3"));
        var source = new MemorySource().Add("t", [MemorySource.Column("id", FieldType.Integer), MemorySource.Column("v", FieldType.Integer), MemorySource.Column("other", FieldType.String)], []);
        var result = MaskPlan.Compile(new(document, source.Entities, MaskSample.Policy("\"rules\": [ { \"columns\": [\"t.v\"], \"masker\": \"noise\" } ]"), MaskSample.Key));
        Assert.Equal(["v_check", "kept"], MaskedDocument.Make(document, result.KeptChecks).Constraints.Select(constraint => constraint.Name));
    }

    private static (List<string> Values, MaskPlanResult Result) Mask(string type, string check, string masker, string args, string[] values, bool unique)
    {
        var document = Document(type, check, unique);
        var source = Source(type, values);
        var policy = Policy(masker, args);
        var masked = MaskSample.Masked(document, source, policy);
        return ([.. MaskSample.Read(masked, "t").Select(row => row[1]!)], MaskPlan.Compile(new(document, source.Entities, policy, MaskSample.Key)));
    }

    private static MaskPlanResult Compile(string type, string check, string masker, string args, bool unique) =>
        MaskPlan.Compile(new(Document(type, check, unique), Source(type, []).Entities, Policy(masker, args), MaskSample.Key));

    private static MaskingPolicy Policy(string masker, string args) => MaskSample.Policy($$"""
        "rules": [ { "columns": ["t.v"], "masker": "{{masker}}", "args": {{args}} } ]
        """);

    private static SchemaDocument Document(string type, string check, bool unique, params (string Name, string Check)[] more) => MaskSample.Document($$"""
        { "name": "d", "entities": [ { "name": "t", "rows": 3, "primaryKey": ["id"], "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "v", "type": "{{type}}", "generator": "constant", "args": { "value": "1" }, "unique": {{(unique ? "true" : "false")}} },
            { "name": "other", "type": "string", "generator": "lorem.word" } ] } ],
          "constraints": [ {{string.Join(", ", (((string Name, string Check)[])[("v_check", check), .. more]).Select(one => $$"""{ "name": "{{one.Name}}", "entity": "t", "check": "{{one.Check}}" }"""))}} ] }
        """);

    private static MemorySource Source(string type, string[] values)
    {
        Assert.True(FieldTypeNames.TryParse(type, out var of));
        return new MemorySource().Add("t", [MemorySource.Column("id", FieldType.Integer), MemorySource.Column("v", of) with { SqlType = of == FieldType.Integer ? "bigint" : "text" }, MemorySource.Column("other", FieldType.String)],
            [.. values.Select((value, row) => new object?[] { (long)row, of == FieldType.String ? value : long.Parse(value, CultureInfo.InvariantCulture), "a" })]);
    }

    /// <summary>The checks of these tests, by hand.</summary>
    private static bool Holds(string check, string value) => check switch
    {
        "v in ('new', 'old', 'gone')" => value is "new" or "old" or "gone",
        "v is null or v in ('new', 'old')" => value is "new" or "old",
        "length(v) <= 7" => value.Length <= 7,
        "length(v) <= 30 and v <> ''" => value.Length is > 0 and <= 30,
        "length(v) >= 15 and length(v) <= 16" => value.Length is 15 or 16,
        "length(v) = 9" => value.Length == 9,
        _ => Number(check, long.Parse(value, CultureInfo.InvariantCulture)),
    };

    private static bool Number(string check, long value) => check switch
    {
        "v > 0 and v < 100" => value is > 0 and < 100,
        "v >= 18" => value >= 18,
        "v in (10, 20, 30)" => value is 10 or 20 or 30,
        "v <= 40" => value <= 40,
        "v >= '2020-01-01' and v < '2021-01-01'" => value is >= 18262 and < 18628,
        "v <= '2021-01-01'" => value <= 18628,
        "v > 0" => value > 0,
        "v > 40000000" => value > 40_000_000,
        "v >= 1 and v <= 5000" => value is >= 1 and <= 5000,
        "v >= 1 and v <= 2000000" => value is >= 1 and <= 2_000_000,
        _ => throw new ArgumentOutOfRangeException(nameof(check), check),
    };
}
