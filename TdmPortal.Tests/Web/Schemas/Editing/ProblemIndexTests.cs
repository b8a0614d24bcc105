using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;
using Xunit;

namespace TdmPortal.Tests.Web.Schemas.Editing;

public sealed class ProblemIndexTests
{
    private readonly ProblemIndex problems = new(Shop.Document,
    [
        new("", "schema.name", "Bad name"),
        new("entities[0].fields[1].generator", "schema.unknown_generator", "No such generator"),
        new("entities[0].fields[2].args.min", "schema.argument", "Too small"),
        new("entities[1].rows", "schema.rows", "Negative"),
        new("relationships[0].to.fields", "schema.reference", "No such field"),
        new("constraints[0].check", "schema.expression", "Not an expression", ProblemSeverity.Warning),
        new("entities[9].fields[1]", "schema.x", "A place that is not there"),
    ]);

    [Fact]
    public void OfField_PathsByIndex_AreFoundByName()
    {
        Assert.Equal(FieldColumn.Generator, Assert.Single(problems.OfField("customer", "email")).Column);
        Assert.Equal(FieldColumn.Arguments, Assert.Single(problems.OfField("customer", "limit")).Column);
        Assert.Empty(problems.OfField("order", "id"));
    }

    [Fact]
    public void Of_OtherPlaces_AreFoundByName()
    {
        Assert.Equal("rows", Assert.Single(problems.OfEntity("order")).Property);
        Assert.Single(problems.OfRelationship("order_customer"));
        Assert.Single(problems.OfConstraint("limit_positive"));
        Assert.Equal(2, problems.OfDocument.Count);
    }

    [Fact]
    public void ErrorsIn_Entity_CountsItsFieldsAndItsRelationshipsButNoWarnings()
    {
        Assert.Equal(2, problems.ErrorsIn("customer"));
        Assert.Equal(2, problems.ErrorsIn("order"));
        Assert.Equal((6, 1), (problems.Errors, problems.Warnings));
    }
}
