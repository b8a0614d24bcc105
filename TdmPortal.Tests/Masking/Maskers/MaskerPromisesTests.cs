using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

/// <summary>What every masker of the catalogue promises by its traits and types.</summary>
[Trait("Requirement", "D3")]
public sealed class MaskerPromisesTests
{
    /// <summary>These keep less than length and separators, which their own tests say.</summary>
    private static readonly string[] FormOfTheirOwn = ["partial", "url", "shuffle", "initials", "ip"];

    public static TheoryData<string> All => MaskerCatalogueTests.Names;

    public static TheoryData<string> OneToOne => [.. MaskerCatalogue.All.Where(masker => masker.Traits.HasFlag(MaskerTraits.OneToOne)).Select(masker => masker.Name)];

    [Theory, MemberData(nameof(All))]
    public void Mask_AgainAndWithNulls_GivesTheSameAndLeavesNulls(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        string?[] values = [.. MaskerValues.Of(definition, 200)];
        values[3] = values[77] = null;

        var masked = Run(definition).Mask(values);

        Assert.Null(masked[3]);
        Assert.Null(masked[77]);
        Assert.Equal(masked, Run(definition).Mask(values));
    }

    [Theory, MemberData(nameof(All))]
    public void Mask_ValuesThatMustChange_NeverGivesOneItself(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        var values = MaskerValues.Of(definition, 2000);
        if (definition.Traits.HasFlag(MaskerTraits.MayKeepValue))
            Assert.NotEmpty(Run(definition).Mask(values));
        else
            Assert.DoesNotContain(values.Zip(Run(definition).Mask(values)), pair => pair.First == pair.Second);
    }

    [Theory, MemberData(nameof(All))]
    public void Mask_UnderAnotherKey_GivesOthers(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        var values = MaskerValues.Of(definition, 50);
        var (one, other) = (Run(definition).Mask(values), Run(definition, key: 2).Mask(values));
        string[] unkeyed = ["redact", "nullify", "constant", "partial", "generalise_date", "range", "bucket", "clamp", "age_band", "prefix", "geo", "dictionary", "regex", "age"];
        if (unkeyed.Contains(name) && !(definition.Name is "regex" or "dictionary"))
            Assert.Equal(one, other);
        else
            Assert.NotEqual(one, other);
    }

    [Theory, MemberData(nameof(OneToOne))]
    public void Mask_ManyDifferentValues_KeepsThemApart(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        var values = MaskerValues.Of(definition, 100_000);
        Assert.Equal(values.Distinct().Count(), Run(definition).Mask(values).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory, MemberData(nameof(All))]
    public void Mask_WhereFormIsKept_KeepsLengthAndSeparators(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        var values = MaskerValues.Of(definition, 300);
        if (!definition.Traits.HasFlag(MaskerTraits.KeepsForm) || FormOfTheirOwn.Contains(name) || definition.Types[0] != FieldType.String)
            return;
        Assert.Equal(values.Select(Form), Run(definition).Mask(values).Select(Form!));

        static string Form(string text) => string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? 'x' : c));
    }

    [Theory, MemberData(nameof(All))]
    public void Mask_ShortColumn_StaysWithinItsLength(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        if (!definition.Types.Contains(FieldType.String))
            return;
        foreach (var length in new[] { 1, 3, 8, 20, 40 })
        {
            var run = Run(definition, length: length, type: FieldType.String);
            var context = run.Context();
            string[] values = [.. MaskerValues.Of(definition, 50).Append("n/a").Append("Ünïcode ßtraße").Select(value => value.Length > length ? value[..length] : value)];

            // A masker may refuse a column that is too short for it, with what to do instead.
            if (definition.Create(context) is null)
                Assert.All(context.Problems, problem => Assert.NotEmpty(problem.SuggestedActions));
            else
                Assert.All(run.Mask(values), text => Assert.True(text is null || text.EnumerateRunes().Count() <= length, $"{text} is longer than {length}"));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Create_EveryTypeOfTheDefinition_Works(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        foreach (var type in definition.Types)
        {
            if (name is "constant" or "generate" && type != FieldType.String)
                continue;
            var value = type switch
            {
                FieldType.String => "Anna", FieldType.Boolean => "true", FieldType.Date or FieldType.Timestamp => "1985-03-12", FieldType.Time => "08:15", FieldType.Uuid => "3f2504e0-4f89-41d3-9a0c-0305e82c3301", FieldType.Json => "{}", _ => "47",
            };
            Assert.Equal(2, Run(definition, type: type).Mask(value, null).Length);
        }
    }

    private static MaskerRun Run(MaskerDefinition definition, byte key = 1, int? length = null, FieldType? type = null)
    {
        var column = MaskerRun.Describe("value", type ?? definition.Types[0], length);
        var arguments = MaskerRun.Json(definition.ExampleArguments);
        return new() { Definition = definition, Arguments = arguments, Column = column, Key = MaskerRun.KeyOf(key), PrimaryKey = ["value"] };
    }
}
