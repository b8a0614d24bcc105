using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>What is said of where a value comes from.</summary>
[Trait("Requirement", "N6")]
public class FieldExplanationTests
{
    private static readonly SchemaDocument Document = SchemaReader.Read(Encoding.UTF8.GetBytes("""
        { "name": "shop", "entities": [
            { "name": "customer", "rows": 10, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence", "args": { "start": 100 } },
                { "name": "credit", "type": "decimal", "generator": "number.decimal", "args": { "min": 0, "max": 9 }, "nullPercent": 12.5 },
                { "name": "credit_note", "type": "string", "maxLength": 30, "generator": "choice", "args": { "values": { "ok": 3, "no": 1 } }, "when": "credit > 5" } ],
              "primaryKey": ["id"] },
            { "name": "order", "rows": 20, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "customer_id", "type": "integer" } ], "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] }, "distribution": { "kind": "zipf", "exponent": 1.2 }, "nullPercent": 5 } ],
          "constraints": [ { "name": "credit_fits", "entity": "customer", "check": "credit >= 0" } ] }
        """)).Document!;

    [Fact]
    public void Generator_SaysArgumentsGivenAndDefault()
    {
        var said = FieldExplanation.Of(Document, "customer", "id");
        Assert.Equal("sequence", said.Rule);
        Assert.Contains(new ExplainedArgument("start", "100", false), said.Arguments);
        Assert.Contains(new ExplainedArgument("step", "1", true), said.Arguments);
        Assert.Equal(["no two rows have the same value"], said.Remarks);
    }

    [Fact]
    public void Remarks_SayNullsConditionsAndChecksOfThisFieldOnly()
    {
        Assert.Equal(["null in about 12.5 % of rows", "checked by credit_fits: credit >= 0"], FieldExplanation.Of(Document, "customer", "credit").Remarks);
        var note = FieldExplanation.Of(Document, "customer", "credit_note");
        Assert.Equal(["null unless credit > 5", "at most 30 characters"], note.Remarks);
        Assert.Contains(note.Arguments, argument => argument is { Name: "values", Value: """{ "ok": 3, "no": 1 }""" });
    }

    [Fact]
    public void Key_SaysWhichRelationshipChoosesTheRowAndHow()
    {
        var said = FieldExplanation.Of(Document, "order", "customer_id");
        Assert.Equal("relationship order_customer", said.Rule);
        Assert.Equal("customer.id of the row that order_customer chooses: a few customer have most order (zipf 1.2), 5 % have none", said.Summary);
    }

    [Fact]
    public void KeyOfSeveralRelationships_NamesAllThatAgree()
    {
        var said = FieldExplanation.Of(SchemaReader.Read(Encoding.UTF8.GetBytes(CompactSchema.Json("""
            tenant 3: id=seq | id
            shop 9: tenant_id id=seq | tenant_id,id
            of: shop(tenant_id) > tenant(id)
            sale 20: id=seq tenant_id shop_id | id
            a: sale(tenant_id) > tenant(id)
            b: sale(tenant_id,shop_id) > shop(tenant_id,id)
            """))).Document!, "sale", "tenant_id");

        Assert.Equal("relationships a, b", said.Rule);
    }

    [Fact]
    public void Check_ThatHasTheNameInATextOnly_IsNotOfThisField()
    {
        var checks = Document with { Constraints = [new("c", "customer", "credit_note <> 'credit'")] };

        Assert.DoesNotContain(FieldExplanation.Of(checks, "customer", "credit").Remarks, remark => remark.StartsWith("checked", StringComparison.Ordinal));
        Assert.Contains("checked by c: credit_note <> 'credit'", FieldExplanation.Of(checks, "customer", "credit_note").Remarks);
    }

    [Fact]
    public void EverySample_EveryField_IsExplained()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Testing.Repository.Root, "samples"), "*.schema.json"))
        {
            var document = SchemaReader.Read(File.ReadAllBytes(path)).Document!;
            foreach (var (entity, field) in document.Entities.SelectMany(entity => entity.Fields.Select(field => (entity, field))))
            {
                var said = FieldExplanation.Of(document, entity.Name, field.Name);
                Assert.True(said.Rule.Length > 0 && said.Summary.Length > 0, $"{path}: {entity.Name}.{field.Name}");
            }
        }
    }
}
