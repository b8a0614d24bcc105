using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Masking;
using TdmPortal.Web.Masking;
using Xunit;

namespace TdmPortal.Tests.Web.Masking;

public class ColumnLinesTests
{
    private static readonly SchemaDocument Document = SchemaReader.Read("""
        { "name": "s", "entities": [
          { "name": "customer", "rows": 1, "fields": [ { "name": "id", "type": "integer" }, { "name": "email", "type": "string" }, { "name": "born", "type": "date" } ] },
          { "name": "order", "rows": 1, "fields": [ { "name": "email", "type": "string" }, { "name": "total", "type": "decimal" } ] } ] }
        """u8.ToArray()).Document!;

    private static readonly MaskingPolicy Policy = new() { Name = "p", Rules = [new() { Masker = "email", Columns = ["*.email"] }, new() { Masker = PolicyEdits.Keep, Columns = ["order.total"], Reason = "sums" }] };

    private static readonly MaskingView View = new(Document,
        [
            Decision("customer", "id", null, DecidedBy.Nothing), Decision("customer", "email", "email", DecidedBy.Column, "email"), Decision("customer", "born", null, DecidedBy.Undecided, "birth_date"),
            Decision("order", "email", "email", DecidedBy.Column, "email"), Decision("order", "total", PolicyEdits.Keep, DecidedBy.Column),
        ],
        [new("mail", ["customer.email", "order.email"])],
        [new("customer", "email", "email", 0.98, [new("the name says e-mail", 0, 0, [])])],
        []);

    [Fact]
    public void Of_Decisions_AreCountedByWhatBecomesOfThem()
    {
        var lines = ColumnLines.Of(View, Policy);

        Assert.Equal("2 columns masked, 1 kept on purpose, 1 not decided", MaskingWords.Summary(lines));
        Assert.Equal(1, lines.Untouched);
        Assert.Equal("mail", lines.All[1].Group!.Name);
        Assert.Equal(0.98, lines.All[1].Finding!.Confidence);
        Assert.Null(lines.All[0].Finding);
    }

    [Fact]
    public void Of_ProblemOfARule_StandsAtItsColumns()
    {
        var lines = ColumnLines.Of(View with { Problems = [new("rules[0].args.x", "masking.argument", "too long"), new("entities[0].fields[0]", "masking.key", "no")] }, Policy);

        Assert.Equal(["customer.id", "customer.email", "order.email"], lines.All.Where(line => line.Problems.Count > 0).Select(line => line.Name));
        Assert.Equal(4, lines.Undecided);
        Assert.Equal(2, lines.Masked);
        Assert.Equal(0, lines.Untouched);
    }

    [Theory]
    [InlineData("?show=attention", "customer.born")]
    [InlineData("?show=masked", "customer.email order.email")]
    [InlineData("?show=unmasked", "customer.id customer.born order.total")]
    [InlineData("?show=personal&kind=email&q=order", "order.email")]
    [InlineData("?q=MAIL%20cust", "customer.email")]
    public void Fits_View_ShowsWhatItAsksFor(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', ColumnLines.Of(View, Policy).All.Where(line => line.Fits(PolicyView.Parse(query))).Select(line => line.Name)));

    [Fact]
    public void View_ReadAgain_IsTheSame()
    {
        var view = new PolicyView { Part = PolicyPart.Identities, Filter = ColumnFilter.Masked, Search = "a&b", Kind = "email", Open = "customer.email", Source = Guid.NewGuid() };

        Assert.Equal(view, PolicyView.Parse(view.ToQueryString()));
        Assert.Equal("", new PolicyView().ToQueryString());
        Assert.Equal(new PolicyView(), PolicyView.Parse("?part=9&show=none&source=x"));
    }

    private static ColumnDecision Decision(string entity, string field, string? masker, DecidedBy by, string? personal = null) => new(entity, field, masker, ArgumentValues.Empty, by, "because") { Personal = personal };
}
