using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Generators;

public sealed class GeneratorCatalogueTests
{
    // They read other fields, so they cannot run alone.
    private static readonly string[] NeedFields = ["expression", "date.after"];

    public static TheoryData<string> Names() => [.. GeneratorCatalogue.All.Select(definition => definition.Name).Except(NeedFields)];

    public static TheoryData<string> AllNames() => [.. GeneratorCatalogue.All.Select(definition => definition.Name)];

    [Fact]
    [Trait("Requirement", "D2")]
    public void All_Counted_AreAtLeast150OfManyCategories()
    {
        Assert.True(GeneratorCatalogue.All.Count >= 150);
        Assert.True(GeneratorCatalogue.All.Select(definition => definition.Category).Distinct().Count() >= 12);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    [Trait("Requirement", "D2")]
    public void Definition_OfEveryGenerator_IsComplete(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;

        Assert.Matches(@"^[a-z]+(\.[a-z][A-Za-z0-9]*)?$", definition.Name);
        Assert.Matches("^[a-z]+$", definition.Category);
        Assert.Matches(@"(?s)^\S.{4,}\.$", definition.Summary);
        Assert.NotEmpty(definition.Types);
        Assert.Equal(definition.Types.Count, definition.Types.Distinct().Count());
        Assert.Equal(definition.Arguments.Count, definition.Arguments.DistinctBy(argument => argument.Name).Count());
        foreach (var argument in definition.Arguments)
        {
            Assert.Matches("^[a-z][A-Za-z]*$", argument.Name);
            Assert.EndsWith(".", argument.Summary, StringComparison.Ordinal);
            Assert.True(!argument.Required || argument.Default is null, $"{argument.Name} is required and has a default");
            Assert.True(argument.Kind == ArgumentKind.Option == argument.Options.Count > 0);
            Assert.True(!(argument.Min > argument.Max));
        }
    }

    /// <summary>The validator is the judge of defaults and of the example's arguments, in a schema of one field beside a date.</summary>
    [Theory]
    [MemberData(nameof(AllNames))]
    public void DefaultsAndExample_OfEveryGenerator_AreLegalAndTheExampleIsMadeByThem(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;
        var defaults = definition.ExampleArguments;
        foreach (var argument in definition.Arguments.Where(argument => argument.Default is not null && defaults[argument.Name] is null))
            defaults = defaults.With(argument.Name, JsonDocument.Parse(argument.Default!).RootElement);

        // Defaults are what is meant without them.
        Assert.Equal(Rows(definition, definition.ExampleArguments), name is "choice" or "bogus" ? Rows(definition, definition.ExampleArguments) : Rows(definition, Bounded(defaults, definition)));

        // The example is that of the designer's picker: row 0 of an entity that is called as the generator.
        var sample = GeneratorCatalogue.Sample(name, definition.ExampleArguments, definition.Types[0], "en", 1);
        Assert.Equal(sample.Count > 0 ? sample[0] : Rows(definition, definition.ExampleArguments, "example")[0], definition.Example);
        Assert.NotEmpty(definition.Example);
    }

    /// <summary>What the example sets stays in order with the defaults of what it leaves out.</summary>
    private static ArgumentValues Bounded(ArgumentValues defaults, GeneratorDefinition definition) => definition.ExampleArguments.Count > 0 ? definition.ExampleArguments : defaults;

    private static List<string?> Rows(GeneratorDefinition definition, ArgumentValues arguments, string entity = "person")
    {
        var document = new SchemaDocument
        {
            Name = "d",
            Entities =
            [
                new()
                {
                    Name = entity, Rows = 20,
                    Fields = [new() { Name = "value", Type = definition.Types[0], Generator = definition.Name, Args = arguments }, new() { Name = "created_at", Type = FieldType.Timestamp, Generator = "date.past" }],
                },
            ],
        };
        return Plans.Column(Plans.Compile(document), entity, "value");
    }

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
