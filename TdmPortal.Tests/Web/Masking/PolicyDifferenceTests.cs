using TdmPortal.Core.Masking;
using TdmPortal.Web.Masking;
using Xunit;

namespace TdmPortal.Tests.Web.Masking;

public class PolicyDifferenceTests
{
    [Fact]
    public void Between_SamePolicy_IsNothing()
    {
        var policy = new MaskingPolicy { Name = "p", Rules = [new() { Masker = "email", Columns = ["a.b"] }], Sentinels = ["N/A"] };

        Assert.Empty(PolicyDifference.Between(policy, policy with { Rules = [policy.Rules[0] with { Columns = ["a.b"] }] }));
    }

    [Fact]
    public void Between_EachPart_SaysWhatWasAndIs()
    {
        var before = new MaskingPolicy { Name = "p", Rules = [new() { Masker = PolicyEdits.Keep, Columns = ["a.b"], Reason = "codes" }, new() { Masker = "none", Personal = "email" }], Identities = [new("person", ["a.id"])] };
        var after = before with
        {
            Strategy = MaskingStrategy.Pseudonymise, Rules = [before.Rules[0] with { Reason = "Codes" }], Identities = [new("person", ["a.id", "b.id"])], Sentinels = ["N/A"],
            QuasiIdentifiers = [new("a", ["zip"]) { Sensitive = "illness" }], Subset = new([new("a") { Percent = 10 }]),
        };

        Assert.Equal(
            [
                "Strategy: - > Pseudonymise", "a.b: Keep as it is — codes > Keep as it is — Codes", "Every E-mail address: none > -", "Group person: a.id > a.id, b.id",
                "Values that stay: - > N/A", "Re-identification in a: - > zip; k 5, l 2 of illness", "Subset: - > a 10 %",
            ],
            PolicyDifference.Between(before, after).Select(one => $"{one.What}: {one.Before ?? "-"} > {one.After ?? "-"}"));
    }
}
