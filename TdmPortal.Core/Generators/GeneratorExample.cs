using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>Makes the example of a generator by running it: alone, or beside a date that it may read.</summary>
internal static class GeneratorExample
{
    public static string Of(GeneratorDefinition definition)
    {
        if (GeneratorCatalogue.Sample(definition.Name, definition.ExampleArguments, definition.Types[0], "en", 1) is [var value, ..])
            return value;
        var document = new SchemaDocument
        {
            Name = "example",
            Entities =
            [
                new()
                {
                    Name = "example",
                    Rows = 1,
                    Fields =
                    [
                        new() { Name = "value", Type = definition.Types[0], Generator = definition.Name, Args = definition.ExampleArguments },
                        new() { Name = "created_at", Type = FieldType.Timestamp, Generator = "date.past" },
                    ],
                },
            ],
        };
        return GenerationPlan.Compile(document, new()).Plan is { } plan ? plan.Preview(plan.Entities[0], 0, 1).Cells[0][0] ?? "" : "";
    }
}
