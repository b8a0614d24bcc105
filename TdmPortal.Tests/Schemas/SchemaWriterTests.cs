using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaWriterTests
{
    [Theory]
    [MemberData(nameof(SampleFiles.All), MemberType = typeof(SampleFiles))]
    public void Write_Sample_IsTheSameJson(string name)
    {
        var bytes = SampleFiles.Bytes(name);

        var written = SchemaWriter.Write(SchemaReader.Read(bytes).Document!);

        Assert.True(JsonNode.DeepEquals(WithoutEmptyLists(JsonNode.Parse(bytes)!), JsonNode.Parse(written)), Encoding.UTF8.GetString(written));
        Assert.Equal(written, SchemaWriter.Write(SchemaReader.Read(written).Document!));
    }

    [Fact]
    public void Write_EveryProperty_ReadsAsTheContractShowsIt()
    {
        var document = new SchemaDocument
        {
            Name = "shop",
            Title = "Größe \"L\" <b>",
            Description = "line\nbreak",
            Locale = "de",
            Entities =
            [
                new()
                {
                    Name = "order", Rows = 10, Scale = false, Table = new("sales", "Order \"Details\""), Description = "d",
                    Fields =
                    [
                        new()
                        {
                            Name = "total", Type = FieldType.Decimal, Precision = 12, Scale = 3, Generator = "number.decimal",
                            Args = new([new("min", JsonDocument.Parse("1.50").RootElement), new("values", JsonDocument.Parse("{\"a\":[1,2]}").RootElement)]),
                            Unique = true, NullPercent = 12.5, When = "id > 1", Column = "Total", SqlType = "money", Description = "sum",
                        },
                        new() { Name = "tags", Type = FieldType.String, MaxLength = 5, Array = new(0, 3) },
                    ],
                    PrimaryKey = ["total"], Unique = [["total", "tags"]],
                },
            ],
            Relationships = [new() { Name = "r", From = new("order", ["tags"]), To = new("order", ["total"]), Distribution = new(DistributionKind.Zipf, 1.1), NullPercent = 5, RootPercent = 1 }],
            Constraints = [new("c", "order", "total > 0")],
        };

        var text = Encoding.UTF8.GetString(SchemaWriter.Write(document));

        Assert.Equal("""
            {
              "name": "shop",
              "title": "Größe \"L\" <b>",
              "description": "line\nbreak",
              "locale": "de",
              "entities": [
                {
                  "name": "order",
                  "rows": 10,
                  "scale": false,
                  "table": { "schema": "sales", "name": "Order \"Details\"" },
                  "description": "d",
                  "fields": [
                    { "name": "total", "type": "decimal", "precision": 12, "scale": 3, "generator": "number.decimal", "args": { "min": 1.50, "values": { "a": [1, 2] } }, "unique": true, "nullPercent": 12.5, "when": "id > 1", "column": "Total", "sqlType": "money", "description": "sum" },
                    { "name": "tags", "type": "string", "maxLength": 5, "array": { "min": 0, "max": 3 } }
                  ],
                  "primaryKey": ["total"],
                  "unique": [["total", "tags"]]
                }
              ],
              "relationships": [
                { "name": "r", "from": { "entity": "order", "fields": ["tags"] }, "to": { "entity": "order", "fields": ["total"] }, "distribution": { "kind": "zipf", "exponent": 1.1 }, "nullPercent": 5, "rootPercent": 1 }
              ],
              "constraints": [
                { "name": "c", "entity": "order", "check": "total > 0" }
              ]
            }

            """.ReplaceLineEndings("\n"), text);
        Assert.Empty(SchemaReader.Read(Encoding.UTF8.GetBytes(text)).Problems);
    }

    private static JsonNode WithoutEmptyLists(JsonNode document)
    {
        foreach (var name in new[] { "relationships", "constraints" })
        {
            if (document[name] is JsonArray { Count: 0 })
                ((JsonObject)document).Remove(name);
        }

        return document;
    }
}
