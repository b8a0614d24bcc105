using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class MaskPlanTests
{
    private static readonly SchemaDocument Shop = MaskSample.Document("""
        { "name": "shop", "entities": [
            { "name": "customer", "rows": 20, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "email", "type": "string", "maxLength": 80, "generator": "internet.email", "personal": "email", "unique": true },
                { "name": "first_name", "type": "string", "generator": "person.firstName", "personal": "first_name" },
                { "name": "last_name", "type": "string", "generator": "person.lastName", "personal": "last_name" },
                { "name": "name", "type": "string", "generator": "person.fullName", "personal": "full_name" },
                { "name": "status", "type": "string", "generator": "choice", "args": { "values": ["new", "old"] }, "personal": "none" } ] },
            { "name": "invoice", "rows": 40, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "customer_id", "type": "integer" },
                { "name": "customer_ref", "type": "string", "maxLength": 12, "generator": "lorem.word" },
                { "name": "contact", "type": "string", "generator": "internet.email", "personal": "email" } ] } ],
          "relationships": [ { "name": "invoice_customer", "from": { "entity": "invoice", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ] }
        """);

    private const string Rest = """{ "personal": "email", "masker": "email" }, { "personal": "full_name", "masker": "full_name" }, { "personal": "last_name", "masker": "last_name" }""";

    [Fact]
    public void Compile_RuleOfAColumnKindAndNothing_EachIsDecidedByTheNearest()
    {
        var result = Compile($$"""
            "rules": [ { "columns": ["*.contact"], "masker": "hash" }, { "columns": ["customer.first_name"], "masker": "keep", "reason": "needed for greetings" }, {{Rest}} ]
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(("hash", DecidedBy.Column), Decision(result, "invoice.contact"));
        Assert.Equal(("email", DecidedBy.Kind), Decision(result, "customer.email"));
        Assert.Equal((null, DecidedBy.Column), Decision(result, "customer.first_name"));
        Assert.Equal((null, DecidedBy.Nothing), Decision(result, "customer.status"));
        Assert.Equal((null, DecidedBy.Nothing), Decision(result, "invoice.id"));
        Assert.Equal(["customer.email", "invoice.contact"], Assert.Single(result.Identities, identity => identity.Name == "email").Columns);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public void Compile_PersonalColumnThatNothingMasks_IsRefusedUnlessSignedOff()
    {
        var result = Compile($"\"rules\": [ {Rest} ]");
        Assert.Null(result.Plan);
        Assert.Equal("masking.undecided", Assert.Single(result.Problems).Code);
        Assert.Equal((null, DecidedBy.Undecided), Decision(result, "customer.first_name"));
        Assert.NotNull(MaskPlan.Compile(Input($"\"rules\": [ {Rest} ]") with { SignedOff = new HashSet<string> { "customer.first_name" } }).Plan);
    }

    [Fact]
    public void Compile_FindingAboveTheBar_CountsAsWhatPeopleSaidDoes()
    {
        var input = Input($$"""
            "rules": [ { "personal": "first_name", "masker": "first_name" }, {{Rest}} ]
            """);
        var result = MaskPlan.Compile(input with { Findings = [new("invoice", "customer_ref", "user_name", 0.9, []), new("invoice", "id", "age", 0.2, []), new("customer", "status", "health", 0.9, [])] });
        Assert.Contains(result.Problems, problem => problem.Code == "masking.undecided" && problem.Message.Contains("invoice.customer_ref", StringComparison.Ordinal));
        Assert.Single(result.Problems);
    }

    [Fact]
    public void Compile_StrategyForAKind_ComesAfterRules()
    {
        var result = MaskPlan.Compile(Input("\"strategy\": \"anonymise\", \"rules\": [ { \"personal\": \"email\", \"masker\": \"email\" } ]") with
        {
            Strategies = (_, kind, _, _, _) => new MaskingRule { Personal = kind, Masker = "redact" },
        });
        Assert.Empty(result.Problems);
        Assert.Equal(("redact", DecidedBy.Strategy), Decision(result, "customer.last_name"));
        Assert.Equal(("email", DecidedBy.Kind), Decision(result, "invoice.contact"));
    }

    [Fact]
    public void Compile_StrategyForShortNumbers_ChoosesThePermutationAndSaysSo()
    {
        var result = MaskPlan.Compile(Input("\"strategy\": \"pseudonymise\"") with { Findings = [new("invoice", "customer_ref", "customer_number", 0.9, [])] });
        Assert.Empty(result.Problems);
        var decision = Assert.Single(result.Decisions, decision => decision.Field == "customer_ref");
        Assert.Equal(("fpe", "permute"), (decision.Masker, decision.Args["small"]?.GetString()));
        Assert.Contains("permuted without FF1", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByFpe_ValuesTooShortForFf1_AreRefusedBeforeARowIsGivenOn()
    {
        var source = MaskSample.Rows(Shop);
        var masked = MaskSample.Masked(Shop, source, MaskSample.Policy($$"""
            "rules": [ { "columns": ["customer.status"], "masker": "fpe" }, { "personal": "first_name", "masker": "first_name" }, {{Rest}} ]
            """), threads: 2);
        var refused = Assert.Throws<Core.Errors.PortalException>(() => MaskSample.Read(masked, "customer"));
        Assert.Equal("masking.domain_too_small", refused.Code);
        Assert.Contains("Set small to permute", refused.SuggestedActions[0], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public void Compile_MaskedKey_ForeignKeysAndGroupedTextsFollow()
    {
        var result = Compile($$"""
            "rules": [ { "columns": ["customer.id"], "masker": "fpe" }, { "personal": "first_name", "masker": "first_name" }, {{Rest}} ],
            "identities": [ { "name": "customer number", "columns": ["customer.id", "invoice.customer_ref"] } ]
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(("fpe", DecidedBy.Identity), Decision(result, "invoice.customer_id"));
        Assert.Equal(("fpe", DecidedBy.Identity), Decision(result, "invoice.customer_ref"));
        var identity = Assert.Single(result.Identities, identity => identity.Name == "customer number");
        Assert.Equal(["customer.id", "invoice.customer_id", "invoice.customer_ref"], identity.Columns.Order());
        Assert.Equal(CanonicalForm.Number, identity.Form);
    }

    [Fact]
    public void Compile_FullNameBesideMaskedNames_FollowsThem()
    {
        var result = Compile($$"""
            "rules": [ { "personal": "first_name", "masker": "first_name" }, {{Rest}} ]
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(("full_name", DecidedBy.Dependent), Decision(result, "customer.name"));
    }

    [Theory]
    [InlineData("""{ "columns": ["customer.id"], "masker": "scramble" }""", "rules[0].masker", "masking.type")]
    [InlineData("""{ "columns": ["customer.id"], "masker": "redact" }""", "rules[0].masker", "masking.not_unique")]
    [InlineData("""{ "columns": ["customer.email"], "masker": "partial" }""", "rules[0].masker", "masking.not_unique")]
    [InlineData("""{ "columns": ["customer.id"], "masker": "fpe", "when": "id > 3" }""", "rules[0].when", "masking.when_on_key")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "redact", "when": "statu = 'new'" }""", "rules[0].when", "masking.when")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "redakt" }""", "rules[0].masker", "masking.unknown_masker")]
    [InlineData("""{ "columns": ["customer.statsu"], "masker": "redact" }""", "rules[0].columns[0]", "masking.unknown_column")]
    [InlineData("""{ "columns": ["customer"], "masker": "redact" }""", "rules[0].columns[0]", "masking.column")]
    [InlineData("""{ "personal": "emial", "masker": "redact" }""", "rules[0].personal", "masking.unknown_kind")]
    [InlineData("""{ "masker": "redact" }""", "rules[0]", "masking.rule_of")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "keep" }""", "rules[0].reason", "masking.keep_reason")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "full_name", "args": { "frist": "id" } }""", "rules[0].args.frist", "masking.unknown_argument")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "full_name", "args": { "first": 7 } }""", "rules[0].args.first", "masking.argument")]
    [InlineData("""{ "columns": ["customer.status"], "masker": "constant" }""", "rules[0].args", "masking.missing_argument")]
    [InlineData("""{ "columns": ["customer.id"], "masker": "fpe" }, { "columns": ["invoice.customer_id"], "masker": "token" }""", "rules[1]", "masking.identity_conflict")]
    public void Compile_WhatCannotBe_IsRefusedByPathWithWhatToDo(string rules, string path, string code)
    {
        var result = Compile($$"""
            "rules": [ {{rules}}, { "personal": "first_name", "masker": "first_name" }, {{Rest}} ]
            """);
        Assert.Null(result.Plan);
        var problem = Assert.Single(result.Problems, problem => problem.Code == code);
        Assert.Equal(path, problem.Path);
        Assert.True(problem.SuggestedActions.Count > 0 || code == "masking.when");
    }

    [Theory]
    [InlineData("\"identities\": [ { \"name\": \"\", \"columns\": [] } ]", "identities[0].name", "masking.identity_name")]
    [InlineData("\"identities\": [ { \"name\": \"n\", \"columns\": [] } ]", "identities[0].columns", "masking.identity_columns")]
    [InlineData("\"identities\": [ { \"name\": \"a\", \"columns\": [\"customer.id\"] }, { \"name\": \"b\", \"columns\": [\"invoice.customer_id\"] } ]", "identities[1].columns", "masking.identity_twice")]
    [InlineData("\"quasiIdentifiers\": [ { \"entity\": \"custmer\", \"fields\": [\"id\"] } ]", "quasiIdentifiers[0].entity", "masking.unknown_entity")]
    [InlineData("\"quasiIdentifiers\": [ { \"entity\": \"customer\", \"fields\": [\"x\"] } ]", "quasiIdentifiers[0].fields[0]", "masking.unknown_column")]
    [InlineData("\"subset\": { \"chosen\": [ { \"entity\": \"customer\", \"where\": \"id >\" } ] }", "subset.chosen[0].where", "masking.when")]
    [InlineData("\"subset\": { \"chosen\": [ { \"entity\": \"customer\", \"percent\": 0 } ] }", "subset.chosen[0].percent", "masking.bounds")]
    public void Validate_OtherParts_NamedByPath(string json, string path, string code)
    {
        var result = Compile(json);
        Assert.Contains(result.Problems, problem => problem.Path == path && problem.Code == code);
    }

    [Fact]
    public void Compile_IdentityOfTypesThatDoNotFit_IsRefused()
    {
        var result = Compile($$"""
            "rules": [ { "columns": ["customer.id"], "masker": "redact" }, { "columns": ["customer.first_name"], "masker": "keep", "reason": "r" }, {{Rest}} ],
            "identities": [ { "name": "odd", "columns": ["invoice.id", "customer.first_name"] } ]
            """);
        Assert.Null(result.Plan);
    }

    private static MaskInput Input(string json)
    {
        var source = MaskSample.Rows(Shop);
        return new(Shop, source.Entities, MaskSample.Policy(json), MaskSample.Key);
    }

    private static MaskPlanResult Compile(string json) => MaskPlan.Compile(Input(json));

    private static (string?, DecidedBy) Decision(MaskPlanResult result, string path)
    {
        var decision = Assert.Single(result.Decisions, decision => $"{decision.Entity}.{decision.Field}" == path);
        return (decision.Masker, decision.By);
    }
}
