using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

[Trait("Requirement", "N10")]
public sealed class CapacityAdviceTests
{
    private static readonly SchemaDocument Document = new()
    {
        Name = "tickets",
        Entities =
        [
            new EntityDefinition
            {
                Name = "seat",
                Rows = 5_000,
                PrimaryKey = ["id"],
                Fields =
                [
                    new FieldDefinition { Name = "id", Type = FieldType.Integer, Generator = "sequence" },
                    new FieldDefinition { Name = "code", Type = FieldType.String, Generator = "pattern", Unique = true, Args = new([new("regex", JsonSerializer.SerializeToElement("[A-F][0-9]{2}"))]) },
                ],
            },
        ],
    };

    [Fact]
    public void Find_TooManyUniqueValues_NamesTheMostThatFit()
    {
        var options = new GenerationOptions();
        var problem = Assert.Single(GenerationPlan.Compile(Document, options).Problems);

        var advice = CapacityAdvice.Find(Document, options, problem, TestContext.Current.CancellationToken);

        Assert.Equal(new CapacityAdvice("seat", 600), advice);
        var fewer = options with { Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["seat"] = 600 } };
        Assert.Empty(GenerationPlan.Compile(Document, fewer).Problems);
    }

    [Fact]
    public void Find_AProblemThatFewerRowsDoNotMend_IsNone()
    {
        var problem = new SchemaProblem("entities[0].fields[0].generator", "schema.unknown_generator", "There is no such generator.");

        Assert.Null(CapacityAdvice.Find(Document, new GenerationOptions(), problem, TestContext.Current.CancellationToken));
    }
}
