using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Subsets;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class MaskingPolicyFileTests
{
    [Fact]
    public void Write_AnyPolicy_ReadAgainIsTheSame() => Prop.ForAll(Arb.From(Policies), policy =>
    {
        var json = MaskingPolicyFile.Write(policy);
        var read = MaskingPolicyFile.Read(json);
        Assert.Empty(read.Problems);
        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(MaskingPolicyFile.Write(read.Policy!)));
        Assert.Equal(Everything(policy), Everything(read.Policy!));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[]", "", "schema.wrong_type")]
    [InlineData("{", "", "masking.not_json")]
    [InlineData("""{ "rules": [] }""", "name", "schema.missing_property")]
    [InlineData("""{ "name": "a", "ruls": [] }""", "ruls", "schema.unknown_property")]
    [InlineData("""{ "name": "a", "strategy": "hide" }""", "strategy", "masking.unknown_name")]
    [InlineData("""{ "name": "a", "rules": [ 7 ] }""", "rules[0]", "schema.wrong_type")]
    [InlineData("""{ "name": "a", "rules": [ { "columns": ["t.c"], "masker": "fpe" }, { "columns": ["t.c"] } ] }""", "rules[1].masker", "schema.missing_property")]
    [InlineData("""{ "name": "a", "rules": [ { "columns": ["t.c"], "masker": "fpe", "args": [] } ] }""", "rules[0].args", "schema.wrong_type")]
    [InlineData("""{ "name": "a", "identities": [ { "name": "n", "columns": ["t.c"], "form": "fuzzy" } ] }""", "identities[0].form", "masking.unknown_name")]
    [InlineData("""{ "name": "a", "quasiIdentifiers": [ { "entity": "t", "fields": ["c"], "k": 0 } ] }""", "quasiIdentifiers[0].k", "schema.wrong_type")]
    [InlineData("""{ "name": "a", "subset": { "chosen": [ {} ] } }""", "subset.chosen[0].entity", "schema.missing_property")]
    [InlineData("""{ "name": "a", "columns": { "t": { "c": 1 } } }""", "columns", "schema.wrong_type")]
    public void Read_WhatIsNoPolicy_IsNamedByItsPlace(string json, string path, string code)
    {
        var problems = MaskingPolicyFile.Read(Encoding.UTF8.GetBytes(json)).Problems;
        Assert.Contains(problems, problem => problem.Path == path && problem.Code == code);
        Assert.All(problems, problem => Assert.NotEmpty(problem.SuggestedActions));
    }

    [Fact]
    public void Read_TooLarge_IsRefusedUnread() => Assert.Equal("masking.too_large", Assert.Single(MaskingPolicyFile.Read(new byte[MaskingPolicyFile.MaxBytes + 1]).Problems).Code);

    private static Gen<string> Names => Gen.Elements("a", "order_line", "first_name", "x1");

    private static Gen<string?> Texts => Gen.Elements("", "Grüße \"an\" alle", "two\nlines", "C:\\temp", null);

    private static Gen<string> Paths => Names.Two().Select(two => $"{two.Item1}.{two.Item2}");

    private static Gen<MaskingPolicy> Policies =>
        from name in Names
        from title in Texts
        from strategy in Gen.Elements<MaskingStrategy?>([null, .. Enum.GetValues<MaskingStrategy>()])
        from rules in Gen.ListOf(
            from personal in Texts
            from columns in Gen.ListOf(Paths)
            from masker in Names
            from args in Gen.Elements("{}", """{"keep":4}""", """{"a":[1,2.50,"x"],"b":{"c":null}}""")
            from when in Texts
            from reason in Texts
            select new MaskingRule { Personal = personal, Columns = [.. columns], Masker = masker, Args = Args(args), When = when, Reason = reason })
        from identities in Gen.ListOf(from one in Names from columns in Gen.ListOf(Paths) from form in Gen.Elements(Enum.GetValues<CanonicalForm>()) select new IdentityGroup(one, [.. columns]) { Form = form })
        from sentinels in Gen.ListOf(Gen.Elements("N/A", "9999-12-31", ""))
        from quasi in Gen.ListOf(from one in Names from fields in Gen.ListOf(Names) from k in Gen.Choose(1, 20) from sensitive in Texts from l in Gen.Choose(1, 9) select new QuasiIdentifiers(one, [.. fields]) { K = k, Sensitive = sensitive, L = l })
        from subset in Gen.Elements(null, new SubsetRequest([new("a"), new("b") { Where = "id > 7", Percent = 12.5 }]) { Whole = ["c"], Children = false })
        from columns in Gen.Elements<RememberedColumn[]>([], [new("a", "id", "integer"), new("a", "tags", "string(20)[]"), new("b", "id", "uuid")])
        select new MaskingPolicy { Name = name, Title = title, Strategy = strategy, Rules = [.. rules], Identities = [.. identities], Sentinels = [.. sentinels], QuasiIdentifiers = [.. quasi], Subset = subset, Columns = columns };

    private static ArgumentValues Args(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return new(parsed.RootElement.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.Clone())));
    }

    /// <summary>All that a policy says, by the platform's own serializer.</summary>
    private static string Everything(MaskingPolicy policy) => JsonSerializer.Serialize(policy with { Rules = [.. policy.Rules.Select(rule => rule with { Args = ArgumentValues.Empty })] }) + string.Join(';', policy.Rules.SelectMany(rule => rule.Args).Select(pair => $"{pair.Key}={JsonSerializer.Serialize(pair.Value)}"));
}
