using TdmPortal.Core.Changes;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Changes;
using TdmPortal.Web.Changes;
using Xunit;

namespace TdmPortal.Tests.Web.Changes;

/// <summary>What an edit changes, in sentences that claim no more than was looked at.</summary>
[Trait("Requirement", "N17")]
public class ChangeWordsTests
{
    private static readonly ChangedEntity Customer = new("customer", ChangeKind.Changed, 3000, 2000)
    {
        FirstRows = 1000, SpreadRows = 200, RowsChanged = 7,
        Columns = [new("id", ChangeKind.Same, 0, "bigint", "bigint"), new("tier", ChangeKind.Changed, 7, "text", "text"), new("score", ChangeKind.Changed, 1, "integer", "bigint"), new("born", ChangeKind.Added, 0, null, "date"), new("age", ChangeKind.Removed, 0, "integer", null)],
    };

    [Fact]
    public void Summary_CountsWhatChanges()
    {
        Assert.Equal("2 columns change value, 1 column appears, 1 column goes, 1 column gets another type and 1 entity gets another number of rows.", ChangeWords.Summary(Of(Customer)));
        Assert.Equal("1 entity appears and 1 entity goes.", ChangeWords.Summary(Of(new("new", ChangeKind.Added, null, 5), new("old", ChangeKind.Removed, 5, null))));
        Assert.Equal("No value changes.", ChangeWords.Summary(Of(Seen("order"))));
        Assert.Equal("No change was found.", ChangeWords.Summary(Of(Seen("order") with { Failure = "It cannot be made." })));
        Assert.Equal("No change was found.", ChangeWords.Summary(Of(Seen("order") with { IsCutShort = true })));
    }

    [Fact]
    public void Reach_SaysHowFarItLooked()
    {
        Assert.Equal("Looked at each entity within reach: the first 1,000 rows and 200 spread over the rest. What is not named kept its value there.", ChangeWords.Reach(Of(Customer, Seen("order"))));
        Assert.Equal("Looked at order: the first 80 rows. What is not named kept its value there. Time ran out before all rows of order were seen.", ChangeWords.Reach(Of(Seen("order") with { FirstRows = 80, SpreadRows = 0, IsCutShort = true })));
        Assert.Equal("Nothing was edited that decides values, so every row stays as it is.", ChangeWords.Reach(Of(new ChangedEntity("order", ChangeKind.Same, 5, 5) { IsUntouched = true })));
    }

    [Fact]
    public void Of_SaysRowsAndValuesOfOneEntity()
    {
        Assert.Equal("3,000 → 2,000 rows; 7 of 1,200 rows looked at have another value", ChangeWords.Of(Customer));
        Assert.Equal("New, with 1 row", ChangeWords.Of(new("new", ChangeKind.Added, null, 1)));
        Assert.Equal("Goes, with its 5 rows", ChangeWords.Of(new("old", ChangeKind.Removed, 5, null)));
    }

    [Theory]
    [InlineData(0, 0, 0, "No dataset is made from this schema yet.")]
    [InlineData(0, 2, 3, "Used by 3 datasets of 2 other teams.")]
    [InlineData(1, 0, 0, "Used by 1 dataset:")]
    [InlineData(2, 1, 1, "Used by 1 dataset of 1 other team, and by 2 datasets that you can see:")]
    public void Uses_NamesNobodyWhoIsNotToBeSeen(int total, int teams, int datasets, string words) => Assert.Equal(words, ChangeWords.Uses(new SchemaUse([], total, teams, datasets), ownOnly: false));

    private static ChangedEntity Seen(string name) => new(name, ChangeKind.Same, 3000, 3000) { FirstRows = 1000, SpreadRows = 200 };

    private static ChangePreview Of(params ChangedEntity[] entities) => new(entities, Array.Empty<SchemaProblem>(), false);
}
