using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

[Trait("Requirement", "D3")]
public sealed class MaskingStrategiesTests
{
    public static TheoryData<MaskingStrategy> Strategies => [.. Enum.GetValues<MaskingStrategy>()];

    [Theory, MemberData(nameof(Strategies))]
    public void Rule_EveryKindAndType_FitsTheColumn(MaskingStrategy strategy)
    {
        foreach (var kind in PersonalKinds.All)
        {
            foreach (var type in Enum.GetValues<FieldType>())
            {
                foreach (var (length, key, unique) in new[] { (null, true, false), (null, false, false), (3, true, false), (20, false, true), ((int?)null, true, true) })
                {
                    var column = MaskerRun.Describe("value", type, type == FieldType.String ? length : null);
                    IReadOnlyList<string> primaryKey = key ? ["id"] : [];
                    var rule = MaskingStrategies.Rule(strategy, kind.Name, column, primaryKey, unique);

                    var definition = MaskerCatalogue.Find(rule.Masker);
                    Assert.True(definition is not null && definition.Types.Contains(type), $"{strategy} of {kind.Name} in {type} is {rule.Masker}");
                    var context = new MaskerContext(definition, column, rule.Args, MaskerRun.KeyOf(1)) { Columns = [column, MaskerRun.Describe("id", FieldType.Integer)], PrimaryKey = primaryKey, Unique = unique };
                    Assert.True(definition.Create(context) is not null && context.Problems.Count == 0, $"{strategy} of {kind.Name} in {type}: {rule.Masker} refuses: {string.Join("; ", context.Problems.Select(problem => problem.Message))}");
                }
            }
        }
    }

    [Fact]
    public void Rule_Anonymise_TakesNothingThatTheKeyLeadsBackTo()
    {
        foreach (var kind in PersonalKinds.All)
        {
            var rule = MaskingStrategies.Rule(MaskingStrategy.Anonymise, kind.Name, MaskerRun.Describe("value", FieldType.String), ["id"]);

            // A generated value goes by the row's key and not by the original.
            Assert.True(rule.Masker is "redact" or "shuffle" or "geo" or "age_band" || (rule.Masker == "generate" && rule.Args["by"]?.GetString() == "id"), $"{kind.Name}: {rule.Masker}");
        }
    }

    [Theory]
    [InlineData(MaskingStrategy.Pseudonymise, "email", "email")]
    [InlineData(MaskingStrategy.Generalise, "postcode", "prefix")]
    [InlineData(MaskingStrategy.Anonymise, "health", "redact")]
    public void Rule_UsualColumns_TakesTheUsualMasker(MaskingStrategy strategy, string kind, string masker) =>
        Assert.Equal(masker, MaskingStrategies.Rule(strategy, kind, MaskerRun.Describe("value", FieldType.String), ["id"]).Masker);
}
