using System.Text;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaDiffTests
{
    internal const string Json = """
        { "name": "shop", "entities": [
          { "name": "customer", "rows": 100, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "email", "type": "string", "generator": "internet.email" },
            { "name": "score", "type": "decimal", "generator": "number.decimal", "args": { "min": 1, "max": 5 } } ], "primaryKey": ["id"] },
          { "name": "order", "rows": 500, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "customer_id", "type": "integer" } ], "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ],
          "constraints": [ { "name": "c", "entity": "customer", "check": "score > 0" } ] }
        """;

    internal static SchemaDocument Document(params (string Before, string After)[] edits)
    {
        var json = edits.Aggregate(Json, (text, edit) => text.Contains(edit.Before, StringComparison.Ordinal) ? text.Replace(edit.Before, edit.After, StringComparison.Ordinal) : throw new InvalidOperationException(edit.Before));
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(read.Problems);
        return read.Document!;
    }

    [Theory]
    [InlineData("\"name\": \"shop\"", "\"name\": \"shop\", \"title\": \"Web shop\"", "document: title was set to \"Web shop\"")]
    [InlineData("\"rows\": 100", "\"rows\": 250", "customer: rows changed from 100 to 250")]
    [InlineData("\"generator\": \"internet.email\"", "\"generator\": \"internet.email\", \"unique\": true", "customer.email: unique was turned on")]
    [InlineData("\"generator\": \"internet.email\"", "\"generator\": \"internet.email\", \"nullPercent\": 5", "customer.email: nullPercent was set to 5")]
    [InlineData("\"generator\": \"internet.email\"", "\"generator\": \"lorem.words\", \"args\": { \"count\": 2 }", "customer.email: generator changed from internet.email to lorem.words (count: 2)")]
    [InlineData("\"min\": 1", "\"min\": 2", "customer.score: min changed from 1 to 2")]
    [InlineData("\"min\": 1, ", "", "customer.score: min was removed (it was 1)")]
    [InlineData("\"name\": \"email\"", "\"name\": \"mail\"", "customer.email was renamed to mail")]
    [InlineData("{ \"name\": \"email\", \"type\": \"string\", \"generator\": \"internet.email\" },", "", "customer.email was removed: string, internet.email")]
    [InlineData("{ \"name\": \"email\",", "{ \"name\": \"uid\", \"type\": \"uuid\", \"generator\": \"uuid\" }, { \"name\": \"email\",", "customer.uid was added: uuid, uuid")]
    [InlineData("\"fields\": [\"id\"] } }", "\"fields\": [\"id\"] }, \"distribution\": { \"kind\": \"zipf\" } }", "order_customer: distribution was set to zipf, exponent 1")]
    [InlineData("score > 0", "score >= 0", "c: check changed from \"score > 0\" to \"score >= 0\"")]
    [InlineData("\"primaryKey\": [\"id\"] },", "\"primaryKey\": [\"id\"], \"unique\": [[\"email\"]] },", "customer: unique was set to [[\"email\"]]")]
    public void Compare_OneEdit_IsOneSentence(string before, string after, string sentence) =>
        Assert.Equal(sentence, Assert.Single(SchemaDiff.Compare(Document(), Document((before, after)))).Text);

    [Theory]
    [InlineData("\"name\": \"shop\"", "\"name\": \"shop\", \"locale\": \"en\"")]
    [InlineData("\"type\": \"decimal\"", "\"type\": \"decimal\", \"precision\": 18, \"scale\": 2")]
    [InlineData("\"generator\": \"internet.email\"", "\"generator\": \"internet.email\", \"nullPercent\": 0, \"unique\": false")]
    [InlineData("\"fields\": [\"id\"] } }", "\"fields\": [\"id\"] }, \"distribution\": { \"kind\": \"uniform\" } }")]
    public void Compare_SameMeaning_IsEmpty(string before, string after) => Assert.Empty(SchemaDiff.Compare(Document(), Document((before, after))));

    [Fact]
    public void Compare_EntityAddedAndOrderChanged_SaysBoth()
    {
        var before = Document();
        var after = before with { Entities = [new() { Name = "extra", Rows = 5, Fields = [before.Entities[0].Fields[0]] }, before.Entities[1], before.Entities[0]], Relationships = [] };

        Assert.Equal(
            ["extra was added, with 1 field and 5 rows", "document: the order of the entities changed", "order_customer was removed: order(customer_id) to customer(id)"],
            SchemaDiff.Compare(before, after).Select(change => change.Text));
    }
}
