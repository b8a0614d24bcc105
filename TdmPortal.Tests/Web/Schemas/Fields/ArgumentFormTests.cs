using Bunit;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Schemas.Fields;
using Xunit;

namespace TdmPortal.Tests.Web.Schemas.Fields;

[Trait("Requirement", "D1")]
public sealed class ArgumentFormTests : BunitContext
{
    private readonly List<(string Name, ArgumentValues Args)> changes = [];

    public static TheoryData<string> Generators() => [.. GeneratorCatalogue.All.Select(generator => generator.Name)];

    [Theory]
    [MemberData(nameof(Generators))]
    public void Render_EveryGenerator_HasALabelledControlForEachArgument(string generator)
    {
        var definition = GeneratorCatalogue.Find(generator)!;

        var form = Form(definition, ArgumentValues.Empty);

        Assert.Equal(definition.Arguments.Select(a => a.Name), form.FindAll("[data-argument]").Select(field => field.GetAttribute("data-argument")));
        Assert.All(form.FindAll("[data-argument]"), field =>
        {
            Assert.NotEmpty(field.QuerySelectorAll("input, select, textarea"));
            Assert.NotEqual("", field.QuerySelector("label")!.TextContent.Trim());
        });
    }

    [Fact]
    public void Render_Number_HasBoundsOfTheDefinitionAndTheValue()
    {
        var definition = Definition(new("share", ArgumentKind.Number, "Share") { Min = 0, Max = 100, Default = "50" });

        var input = Form(definition, Args("""{ "share": 12.5 }""")).Find("input");

        Assert.Equal(("number", "0", "100", "50", "12.5"), (input.GetAttribute("type"), input.GetAttribute("min"), input.GetAttribute("max"), input.GetAttribute("placeholder"), input.GetAttribute("value")));
    }

    [Fact]
    public void Change_WholeNumber_GivesTheArgumentAndKeepsTheOthers()
    {
        var form = Form(GeneratorCatalogue.Find("number.integer")!, Args("""{ "min": 1, "max": 9 }"""));

        form.Find("[data-argument=max] input").Change("25");

        var (name, args) = Assert.Single(changes);
        Assert.Equal("max", name);
        Assert.Equal(("1", "25"), (args["min"]!.Value.GetRawText(), args["max"]!.Value.GetRawText()));
    }

    [Fact]
    public void Change_NoNumber_IsSaidAtTheArgumentAndChangesNothing()
    {
        var form = Form(GeneratorCatalogue.Find("number.integer")!, ArgumentValues.Empty);

        form.Find("[data-argument=min] input").Change("a few");

        Assert.Empty(changes);
        Assert.Equal("“a few” is no whole number.", form.Find("[data-argument=min] .wrong").TextContent);
        Assert.Empty(form.FindAll("[data-argument=max] .wrong"));
    }

    [Fact]
    public void Change_Emptied_TakesTheArgumentOut()
    {
        var form = Form(GeneratorCatalogue.Find("number.integer")!, Args("""{ "min": 1, "max": 9 }"""));

        form.Find("[data-argument=min] input").Change("");

        Assert.Null(Assert.Single(changes).Args["min"]);
    }

    [Fact]
    public void Render_Option_OffersTheDefinitionsOptionsAndTheDefault()
    {
        var definition = Definition(new("case", ArgumentKind.Option, "Letters") { Options = ["lower", "upper"], Default = "\"lower\"" });

        var form = Form(definition, Args("""{ "case": "upper" }"""));
        form.Find("select").Change("lower");

        Assert.Equal(["lower (default)", "lower", "upper"], form.FindAll("option").Select(option => option.TextContent));
        Assert.Equal("upper", form.Find("option[selected]").TextContent);
        Assert.Equal("\"lower\"", Assert.Single(changes).Args["case"]!.Value.GetRawText());
    }

    [Fact]
    public void Render_Field_OffersOtherFieldsAndThoseOfParents()
    {
        var order = Shop.Document.Entity("order")!;
        var definition = Definition(new("of", ArgumentKind.Field, "After which"));

        var form = Render<ArgumentForm>(p => p.Add(f => f.Owner, definition.Name).Add(f => f.Arguments, definition.Arguments).Add(f => f.Args, ArgumentValues.Empty)
            .Add(f => f.Field, order.Field("note")!).Add(f => f.Entity, order).Add(f => f.Document, Shop.Document));

        Assert.Equal(["none", "id", "customer_id", "parent(order_customer).id", "parent(order_customer).email", "parent(order_customer).limit"], form.FindAll("option").Select(option => option.TextContent));
    }

    [Fact]
    public void Render_Problem_IsShownAtItsArgumentOnly()
    {
        var problems = new ProblemIndex(Shop.Document, [new("entities[0].fields[2].args.min", "schema.argument", "min is greater than max")]).OfField("customer", "limit");

        var form = Form(GeneratorCatalogue.Find("number.integer")!, ArgumentValues.Empty, problems);

        Assert.Equal("min is greater than max", form.Find("[data-argument=min] .wrong").TextContent);
        Assert.Empty(form.FindAll("[data-argument=max] .wrong"));
    }

    [Fact]
    public void Render_ReadOnly_DisablesEveryControl()
    {
        var form = Render<ArgumentForm>(p => With(p, GeneratorCatalogue.Find("number.integer")!, ArgumentValues.Empty, []).Add(f => f.ReadOnly, true));

        Assert.All(form.FindAll("input"), input => Assert.True(input.HasAttribute("disabled")));
    }

    private IRenderedComponent<ArgumentForm> Form(GeneratorDefinition definition, ArgumentValues args, IReadOnlyList<LocatedProblem>? problems = null) =>
        Render<ArgumentForm>(p => With(p, definition, args, problems ?? []));

    private ComponentParameterCollectionBuilder<ArgumentForm> With(ComponentParameterCollectionBuilder<ArgumentForm> parameters, GeneratorDefinition definition, ArgumentValues args, IReadOnlyList<LocatedProblem> problems)
    {
        var entity = Shop.Document.Entity("customer")!;
        return parameters.Add(f => f.Owner, definition.Name).Add(f => f.Arguments, definition.Arguments).Add(f => f.Args, args).Add(f => f.Field, entity.Field("limit")!).Add(f => f.Entity, entity)
            .Add(f => f.Document, Shop.Document).Add(f => f.Problems, problems).Add(f => f.ArgsChanged, changes.Add);
    }

    private static GeneratorDefinition Definition(ArgumentDefinition argument) =>
        new() { Name = "test", Category = "test", Summary = "For the test.", Types = [FieldType.Integer], Arguments = [argument] };

    private static ArgumentValues Args(string json) =>
        new(System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value)));
}
