using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class GeneratorProposalsTests
{
    [Theory]
    [InlineData("customer", "email", FieldType.String, "internet.email")]
    [InlineData("customer", "Work_Email", FieldType.String, "internet.email")]
    [InlineData("kunde", "Vorname", FieldType.String, "person.firstName")]
    [InlineData("client", "prenom", FieldType.String, "person.firstName")]
    [InlineData("cliente", "apellido", FieldType.String, "person.lastName")]
    [InlineData("kunde", "PLZ", FieldType.String, "address.postcode")]
    [InlineData("kunde", "geburtsdatum", FieldType.Date, "person.birthDate")]
    [InlineData("customer", "created_at", FieldType.Timestamp, "date.between")]
    [InlineData("product", "name", FieldType.String, "commerce.productName")]
    [InlineData("users", "name", FieldType.String, "person.fullName")]
    [InlineData("supplier", "name", FieldType.String, "company.name")]
    [InlineData("order", "total_amount", FieldType.Decimal, "finance.amount")]
    [InlineData("line", "unitPrice", FieldType.Decimal, "commerce.price")]
    [InlineData("line", "quantity", FieldType.Integer, "number.integer")]
    [InlineData("customer", "id", FieldType.Integer, "sequence")]
    [InlineData("customer", "id", FieldType.Uuid, "uuid")]
    [InlineData("customer", "is_active", FieldType.Boolean, "boolean")]
    [InlineData("shop", "lat", FieldType.Double, "address.latitude")]
    [InlineData("x", "qqq", FieldType.String, "lorem.sentence")]
    [InlineData("x", "qqq", FieldType.Json, "constant")]
    [InlineData("x", "opens", FieldType.Time, "date.timeOfDay")]
    public void For_Name_ProposesWhatItSays(string entity, string field, FieldType type, string generator)
    {
        var proposals = GeneratorProposals.For(entity, field, type);

        Assert.Equal(generator, proposals[0].Generator);
        Assert.InRange(proposals.Count, 1, 3);
        Assert.All(proposals, proposal => Assert.InRange(proposal.Confidence, 0, 1));
    }

    [Fact]
    public void For_EveryTypeAndName_IsValidForTheType()
    {
        string[] names = ["id", "email", "name", "price", "status", "created_at", "note", "country", "age", "x", "year", "percent", "phone", "code", "title", "level", "unit"];
        foreach (var type in Enum.GetValues<FieldType>())
        {
            foreach (var name in names)
            {
                var proposals = GeneratorProposals.For("thing", name, type, type == FieldType.String ? 6 : null);
                Assert.NotEmpty(proposals);
                foreach (var proposal in proposals)
                {
                    Assert.Contains(type, GeneratorCatalogue.Find(proposal.Generator)!.Types);
                    var document = new SchemaDocument { Name = "d", Entities = [new() { Name = "thing", Rows = 1, Fields = [new() { Name = name, Type = type, Generator = proposal.Generator, Args = proposal.Args }] }] };
                    Assert.Empty(SchemaValidator.Validate(document));
                }
            }
        }
    }

    [Fact]
    public void For_NameAndSamplesThatAgree_IsSurerThanEach()
    {
        var byName = GeneratorProposals.For("customer", "email", FieldType.String)[0];
        var both = GeneratorProposals.For("customer", "email", FieldType.String, samples: ["a@b.com", "c@d.org", null])[0];

        Assert.Equal("internet.email", both.Generator);
        Assert.True(both.Confidence > byName.Confidence);
        Assert.Equal("the name says an e-mail address, and all 2 sample values are e-mail addresses", both.Reason);
    }

    [Theory]
    [InlineData("contact", FieldType.String, "internet.email", "a@b.com", "c@d.org")]
    [InlineData("ref", FieldType.String, "pattern", "AB-1234", "CD-5678", "XY-0001")]
    [InlineData("state", FieldType.String, "choice", "open", "open", "closed", "open", "closed", "open")]
    [InlineData("nr", FieldType.Integer, "sequence", "10", "20", "30")]
    [InlineData("points", FieldType.Integer, "number.integer", "17", "3", "99", "250")]
    [InlineData("flag", FieldType.Boolean, "boolean", "true", "true", "false")]
    [InlineData("held", FieldType.Date, "date.between", "2024-01-05", "2023-03-01")]
    public void For_Samples_ProposesWhatTheyShow(string field, FieldType type, string generator, params string[] samples) =>
        Assert.Equal(generator, GeneratorProposals.For("x", field, type, samples: samples)[0].Generator);

    [Fact]
    public void For_Samples_CarriesTheirFiguresOver()
    {
        var choice = GeneratorProposals.For("x", "state", FieldType.String, samples: ["open", "open", "closed", "open"])[0];
        var pattern = GeneratorProposals.For("x", "ref", FieldType.String, samples: ["AB-1234", "CD-5678"])[0];

        Assert.Equal("{\"open\":3,\"closed\":1}", choice.Args["values"]!.Value.GetRawText());
        Assert.Equal("[A-Z]{2}-[0-9]{4}", pattern.Args["regex"]!.Value.GetString());
    }
}
