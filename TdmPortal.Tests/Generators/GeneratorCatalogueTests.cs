using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generators;

public sealed class GeneratorCatalogueTests
{
    // They read other fields, so they cannot run alone.
    private static readonly string[] NeedFields = ["expression", "date.after"];

    public static TheoryData<string> Names() => [.. GeneratorCatalogue.All.Select(definition => definition.Name).Except(NeedFields)];

    [Fact]
    [Trait("Requirement", "D2")]
    public void All_Counted_HasAtLeast150AndTwentyLocales()
    {
        Assert.True(GeneratorCatalogue.All.Count >= 150);
        Assert.True(GeneratorCatalogue.Locales.Count >= 20);
        Assert.All(GeneratorCatalogue.All, definition => Assert.EndsWith(".", definition.Summary, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_OfEveryGenerator_IsMadeByRunningIt(string name) => Assert.NotEmpty(GeneratorCatalogue.Find(name)!.Example);

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_OfEveryType_AreValuesOfThatType(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;
        foreach (var type in definition.Types)
        {
            var values = GeneratorCatalogue.Sample(name, definition.ExampleArguments, type, "en", 50);

            // Lists and fixed texts fill whatever type their own values are of; those of the example are texts.
            if (values.Count == 0)
                Assert.Contains(name, new[] { "choice", "constant", "bogus", "pattern" });
            else
                Assert.NotNull(Literals.ToColumn(values, type, 18, 2, 0, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fill_InAnyOrder_GivesTheSameValues(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;
        var context = Context(definition, null);
        var source = definition.Create(context)!;

        var all = Running.Rows(source, context, 40);
        var part = Running.Rows(source, context, 10, first: 25);

        Assert.Equal(all.Skip(25).Take(10), part);
    }

    [Theory]
    [InlineData("lorem.sentence")]
    [InlineData("lorem.paragraph")]
    [InlineData("lorem.paragraphs")]
    [InlineData("lorem.text")]
    public void Fill_LoremInAnyLength_EndsInTime(string name)
    {
        foreach (var maxLength in Enumerable.Range(1, 160))
            Assert.All(Running.Rows(name, 100, maxLength: maxLength), value => Assert.InRange(value.Length, 1, maxLength));
    }

    [Theory]
    [InlineData("number.integer", """{"min":5,"max":1}""", "above")]
    [InlineData("number.integer", """{"min":"x"}""", "whole number")]
    [InlineData("boolean", """{"truePercent":120}""", "must not be above 100")]
    [InlineData("choice", """{"values":[]}""", "nothing to choose from")]
    [InlineData("choice", """{"values":{"a":-1}}""", "weight")]
    [InlineData("date.between", """{"from":"now","to":"now-1y"}""", "is after")]
    [InlineData("date.between", """{"from":"soon"}""", "must be a date")]
    [InlineData("internet.email", """{"domain":"gmail.com"}""", "could be somebody's")]
    [InlineData("finance.iban", """{"country":"US"}""", "has no IBAN")]
    [InlineData("bogus", """{"dataSet":"finance.creditCardNumber"}""", "finance.cardNumber")]
    [InlineData("bogus", """{"dataSet":"no.such"}""", "has no data set")]
    [InlineData("number.histogram", """{"bounds":[1,2],"weights":[1,2]}""", "one more bound")]
    [InlineData("pattern", """{"regex":"(a"}""", "without its )")]
    public void Create_WithBadArguments_SaysWhatIsWrong(string name, string args, string part) => Assert.Contains(part, Running.Refusal(name, args), StringComparison.Ordinal);

    private static SourceContext Context(GeneratorDefinition definition, int? maxLength) =>
        new("entity", new FieldDefinition { Name = "value", Type = definition.Types[0], Generator = definition.Name, Args = definition.ExampleArguments, MaxLength = maxLength }, "en", new GenerationOptions());
}
