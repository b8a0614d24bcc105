using System.Text;
using System.Text.Json.Nodes;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>Whatever stands in a document, it is refused with reasons or it generates; it never ends in a fault of the program.</summary>
[Trait("Requirement", "D8")]
public sealed class DamagedSchemaTests
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "40", "99999999999999999999", "1e300", "0.5", "9223372036854775807", "[]", "{}", "[[]]", "\"\"", "\"id\"", "\"x\\\"; drop table y; --\"",
        "\"parent(nothing).x\"", "\"count(\"", "\"now-9999999y\"", "\"[\"", "\"(a|b\"", "\"{\"", "\"1 / 0\"", "\"integer\"", "\"uniform\"", "\"sequence\"", "\"choice\"", "\"ä\"", "[null]", "[\"id\", \"id\"]", "{\"min\": 5, \"max\": 1}",
    ];

    [Theory]
    [InlineData("contract-all", 1200)]
    [InlineData("chinook", 600)]
    public void ReadAndCompile_AnyPartReplaced_RefusesOrGenerates(string sample, int tries)
    {
        var text = File.ReadAllText(Testing.Repository.PathOf("samples", $"{sample}.schema.json"));
        for (var seed = 0; seed < tries; seed++)
        {
            var document = JsonNode.Parse(text)!;
            var change = Damage(document, (ulong)seed);
            try
            {
                Use(Encoding.UTF8.GetBytes(document.ToJsonString()));
            }
            catch (PortalException refused)
            {
                // Some things only rows can tell, such as a sum that grows out of its type.
                Assert.NotEmpty(refused.Message);
            }
            catch (Exception fault)
            {
                Assert.Fail($"{seed}: {change}: {fault}");
            }
        }
    }

    private static void Use(byte[] json)
    {
        var read = SchemaReader.ReadAndValidate(json);
        if (read.Document is null || read.Problems.Any(problem => problem.Severity == ProblemSeverity.Error))
        {
            Assert.NotEmpty(read.Problems);
            return;
        }

        var (plan, problems) = GenerationPlan.Compile(read.Document, new());
        if (plan is null)
        {
            Assert.NotEmpty(problems);
            return;
        }

        foreach (var entity in plan.Entities.Where(entity => entity.Rows > 0))
        {
            Assert.NotEmpty(plan.Preview(entity, 0, 3).Cells);
            Assert.NotEmpty(plan.Preview(entity, entity.Rows - 1, 1).Cells);
        }
    }

    /// <summary>Replaces one value, anywhere in the document.</summary>
    private static string Damage(JsonNode document, ulong seed)
    {
        var nodes = new List<JsonNode>();
        Collect(document, nodes);
        var node = nodes[(int)Randomness.Bounded(Randomness.Cell(seed, 1), (ulong)nodes.Count)];
        var value = Values[(int)Randomness.Bounded(Randomness.Cell(seed, 2), (ulong)Values.Length)];
        var change = $"{node.GetPath()} = {value}";
        if (node.Parent is JsonArray array)
            array[array.IndexOf(node)] = JsonNode.Parse(value);
        else
            node.Parent!.AsObject()[node.GetPropertyName()] = JsonNode.Parse(value);
        return change;
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        var children = node switch
        {
            JsonObject of => of.Select(pair => pair.Value),
            JsonArray of => of,
            _ => [],
        };
        foreach (var child in children)
        {
            if (child is null)
                continue;
            nodes.Add(child);
            Collect(child, nodes);
        }
    }
}
