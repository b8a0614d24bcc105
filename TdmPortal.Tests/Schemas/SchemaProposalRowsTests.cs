using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaProposalRowsTests
{
    internal static void AssertGenerates(SchemaDocument document)
    {
        Assert.Empty(SchemaValidator.Validate(document).Where(problem => problem.Severity == ProblemSeverity.Error));
        var compiled = GenerationPlan.Compile(document, new GenerationOptions());
        Assert.True(compiled.Plan is not null, string.Join('\n', compiled.Problems));
        foreach (var entity in compiled.Plan.Entities)
            Assert.NotEmpty(compiled.Plan.Preview(entity, 0, 5, TestContext.Current.CancellationToken).Cells);
    }

    [Fact]
    public void FromRows_Spreadsheet_InfersTypesNamesAndKey()
    {
        var proposed = SchemaProposal.FromRows(
            "CustomerID\tFull Name\tE-Mail\tBirthday\tCredit\tActive\tScore\tLast Login\tStatus\n" +
            "1\tAnn Smith\tann@example.com\t1990-05-01\t1200.50\ttrue\t3\t2026-01-01 10:00:00\tgold\n" +
            "2\tBob Miller\tbob@example.com\t1985-11-23\t80.00\tfalse\t5\t\tsilver\n" +
            "3\tCy Jones\tcy@example.com\t2001-02-28\t15.25\ttrue\t4\t2026-02-03 08:15:30\tgold\n" +
            "4\tDi Wong\tdi@example.com\t1979-07-07\t999.99\ttrue\t1\t2026-02-04 23:59:59\tgold\n", "Customers");

        var entity = Assert.Single(proposed.Document!.Entities);
        Assert.Equal("customers", entity.Name);
        Assert.Equal(["customer_id", "full_name", "e_mail", "birthday", "credit", "active", "score", "last_login", "status"], entity.Fields.Select(field => field.Name));
        Assert.Equal([FieldType.Integer, FieldType.String, FieldType.String, FieldType.Date, FieldType.Decimal, FieldType.Boolean, FieldType.Integer, FieldType.Timestamp, FieldType.String], entity.Fields.Select(field => field.Type));
        Assert.Equal(["sequence", "person.fullName", "internet.email", "person.birthDate"], entity.Fields.Take(4).Select(field => field.Generator));
        Assert.Equal("choice", entity.Fields[8].Generator);
        Assert.Equal("CustomerID", entity.Fields[0].Column);
        Assert.Equal(25, entity.Fields[7].NullPercent);
        Assert.Equal(["customer_id"], entity.PrimaryKey);
        Assert.Equal(9, proposed.Reasons.Count);
        Assert.Empty(proposed.Problems);
        AssertGenerates(proposed.Document);
    }

    [Theory]
    [InlineData("a;b\n1,5;2\n2,75;3", FieldType.Decimal)]
    [InlineData("a,b\n\"1,234.50\",2\n\"12.00\",3", FieldType.Decimal)]
    [InlineData("a,b\n007,2\n012,3", FieldType.String)]
    [InlineData("a,b\n1.5e-7,2\n2.5e-3,3", FieldType.Double)]
    [InlineData("a,b\n31.12.2025,2\n01.01.2026,3", FieldType.Date)]
    [InlineData("a,b\n12/31/2025,2\n01/02/2026,3", FieldType.Date)]
    [InlineData("a,b\n08:30,2\n17:45,3", FieldType.Time)]
    [InlineData("a,b\n0f8fad5b-d9cb-469f-a165-70867728950e,2\n", FieldType.Uuid)]
    [InlineData("a|b\n{\"x\":1}|2\n", FieldType.Json)]
    [InlineData("a,b\nyes,2\nno,3", FieldType.Boolean)]
    [InlineData("a,b\n,2\n,3", FieldType.String)]
    public void FromRows_Values_DecideTheType(string text, FieldType type)
    {
        var proposed = SchemaProposal.FromRows(text, "x");

        Assert.Equal(type, proposed.Document!.Entities[0].Fields[0].Type);
        AssertGenerates(proposed.Document);
    }

    [Fact]
    public void FromRows_QuotesAndRaggedLines_AreReadAndReported()
    {
        var proposed = SchemaProposal.FromRows("name,note,name\r\n\"Smith, Ann\",\"said \"\"hi\"\"\nthere\",x\r\nBob\r\n", "people");

        Assert.Equal(["name", "note", "name_2"], proposed.Document!.Entities[0].Fields.Select(field => field.Name));
        var problem = Assert.Single(proposed.Problems);
        Assert.Equal(("line 4", "The line has 1 values, the header 3."), (problem.Path, problem.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    public void FromRows_Nothing_SaysWhatIsWanted(string text)
    {
        var proposed = SchemaProposal.FromRows(text, "x");

        Assert.Null(proposed.Document);
        Assert.Equal("rows.empty", Assert.Single(proposed.Problems).Code);
    }

    [Fact]
    public void FromRows_HostileHeader_BecomesLegalNames()
    {
        var proposed = SchemaProposal.FromRows("\"; DROP TABLE x;--\",日本,,1st,select\n1,2,3,4,5", "Robert'); --");

        Assert.Equal("robert", proposed.Document!.Entities[0].Name);
        Assert.Equal(["drop_table_x", "column_2", "column_3", "c_1st", "select"], proposed.Document.Entities[0].Fields.Select(field => field.Name));
        Assert.Equal("日本", proposed.Document.Entities[0].Fields[1].Column);
        AssertGenerates(proposed.Document);
    }
}
