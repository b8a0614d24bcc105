using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Reviews;
using TdmPortal.Data.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>Schemas as teams keep them: versions, drafts, samples, and who may do what.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SchemaStoreTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private SchemaStore Store => fixture.Store;

    private static SchemaDocument Document(string name, string? title = null, int fields = 1) => new()
    {
        Name = name, Title = title,
        Entities =
        [
            new EntityDefinition
            {
                Name = "thing", Rows = 10, PrimaryKey = ["f0"],
                Fields = [.. Enumerable.Range(0, fields).Select(i => new FieldDefinition { Name = $"f{i}", Type = FieldType.Integer, Generator = "sequence" })],
            },
        ],
    };

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Save_KeepsEveryVersionAsItWas()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("versions", "First"), "made", Cancellation);
        Assert.Equal(new EditOutcome(null) { Version = 2 }, await Store.SaveAsync(fixture.Lead, id, 1, Document("versions", "Second", 3), "more fields", Cancellation));

        var latest = await Store.GetAsync(fixture.Tester, id, null, Cancellation);
        Assert.Equal((2, 2, "Second", "more fields", false), (latest.Version, latest.LatestVersion, latest.Document.Title, latest.Note, latest.IsSample));
        Assert.Equal(SchemaWriter.Write(Document("versions", "Second", 3)), SchemaWriter.Write(latest.Document));
        var first = await Store.GetAsync(fixture.Tester, id, 1, Cancellation);
        Assert.Equal((1, 2, "First"), (first.Version, first.LatestVersion, first.Document.Title));
        Assert.Equal([2, 1], (await Store.VersionsAsync(fixture.Tester, id, Cancellation)).Select(v => v.Version));
        var line = Assert.Single((await Store.ListAsync(fixture.Tester, "versions", SchemaShelf.Own, null, 10, Cancellation)).Items);
        Assert.Equal(("versions", "Second", 2, 1, 3, "Person of checkout"), (line.Name, line.Title, line.Version, line.Entities, line.Fields, line.ChangedBy));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.GetAsync(fixture.Tester, id, 3, Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Save_OnAnOldVersion_IsStaleAndChangesNothing()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("stale"), null, Cancellation);
        await Store.SaveAsync(fixture.Tester, id, 1, Document("stale", "Theirs"), null, Cancellation);

        var stale = await Assert.ThrowsAsync<ConflictException>(() => Store.SaveAsync(fixture.OtherTester, id, 1, Document("stale", "Mine"), null, Cancellation));

        Assert.Equal("schema.stale", stale.Code);
        Assert.Equal(2, stale.Details["latestVersion"]);
        Assert.Equal("Theirs", (await Store.GetAsync(fixture.Tester, id, null, Cancellation)).Document.Title);
    }

    [Fact]
    public async Task Save_BySeveralAtOnce_LetsOneWin()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("race"), null, Cancellation);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            try
            {
                return (await Store.SaveAsync(fixture.Tester, id, 1, Document("race", $"Writer {i}"), null, Cancellation)).Version;
            }
            catch (ConflictException)
            {
                return 0;
            }
        })));

        Assert.Equal(2, Assert.Single(results, version => version > 0));
        Assert.Equal(2, (await Store.VersionsAsync(fixture.Tester, id, Cancellation)).Count);
    }

    [Fact]
    public async Task Create_WithATakenName_IsRefusedWithinTheTeamOnly()
    {
        await Store.CreateAsync(fixture.Tester, Document("taken"), null, Cancellation);
        var other = await Store.CreateAsync(fixture.Tester, Document("free"), null, Cancellation);

        Assert.Equal("schema.name_taken", (await Assert.ThrowsAsync<ConflictException>(() => Store.CreateAsync(fixture.Lead, Document("taken"), null, Cancellation))).Code);
        Assert.Equal("schema.name_taken", (await Assert.ThrowsAsync<ConflictException>(() => Store.SaveAsync(fixture.Tester, other, 1, Document("taken"), null, Cancellation))).Code);
        Assert.Equal(1, (await Store.GetAsync(fixture.Tester, other, null, Cancellation)).LatestVersion);
        await Store.CreateAsync(fixture.Stranger, Document("taken"), null, Cancellation);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Create_OfAnInvalidDocument_ListsAllProblemsAndStoresNothing()
    {
        var bad = Document("bad") with { Relationships = [new() { Name = "nowhere", From = new("thing", ["f0"]), To = new("no_entity", ["id"]) }], Entities = [Document("x").Entities[0] with { Rows = -1 }] };

        var refused = await Assert.ThrowsAsync<SchemaInvalidException>(() => Store.CreateAsync(fixture.Tester, bad, null, Cancellation));

        Assert.True(refused.Problems.Count >= 2, refused.Message);
        Assert.Empty((await Store.ListAsync(fixture.Tester, "bad", SchemaShelf.Own, null, 10, Cancellation)).Items);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task EverythingOfAnotherTeam_IsNotFound()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("private_one"), null, Cancellation);

        await Assert.ThrowsAsync<NotFoundException>(() => Store.GetAsync(fixture.Stranger, id, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.VersionsAsync(fixture.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.SaveAsync(fixture.Stranger, id, 1, Document("private_one"), null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.DeleteAsync(fixture.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.SaveDraftAsync(fixture.Stranger, id, 1, [1], Cancellation));
        Assert.Empty((await Store.ListAsync(fixture.Stranger, "private_one", SchemaShelf.Own, null, 10, Cancellation)).Items);
    }

    [Fact]
    public async Task List_PagesByCursorAndSearchesLiterally()
    {
        foreach (var i in Enumerable.Range(0, 7)) await Store.CreateAsync(fixture.Tester, Document($"paged_{i}", i == 3 ? "100 % special" : null), null, Cancellation);

        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await Store.ListAsync(fixture.Tester, "paged_", SchemaShelf.Own, after, 3, Cancellation);
            Assert.Equal(7, page.Total);
            names.AddRange(page.Items.Select(item => item.Name));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"paged_{i}"), names);
        Assert.Equal("paged_3", Assert.Single((await Store.ListAsync(fixture.Tester, "0 % S", SchemaShelf.Own, null, 10, Cancellation)).Items).Name);
        Assert.Empty((await Store.ListAsync(fixture.Tester, "paged%3", SchemaShelf.Own, null, 10, Cancellation)).Items);
    }

    [Fact]
    public async Task Draft_TheLatestWinsAndSavingDropsIt()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("drafted"), null, Cancellation);
        var half = Encoding.UTF8.GetBytes("{ \"name\": \"drafted\", ");
        await Store.SaveDraftAsync(fixture.Tester, id, 1, [0], Cancellation);
        await Store.SaveDraftAsync(fixture.Tester, id, 1, half, Cancellation);
        await Store.SaveDraftAsync(fixture.Tester, null, 0, [7], Cancellation);
        await Store.SaveDraftAsync(fixture.Tester, null, 0, [8], Cancellation);

        var draft = await Store.FindDraftAsync(fixture.Tester, id, Cancellation);
        Assert.Equal((id, 1), (draft!.SchemaId, draft.BaseVersion));
        Assert.Equal(half, draft.Document);
        Assert.Equal([8], (await Store.FindDraftAsync(fixture.Tester, null, Cancellation))!.Document);
        Assert.Null(await Store.FindDraftAsync(fixture.OtherTester, id, Cancellation));

        await Store.SaveAsync(fixture.Tester, id, 1, Document("drafted"), null, Cancellation);
        Assert.Null(await Store.FindDraftAsync(fixture.Tester, id, Cancellation));
        Assert.NotNull(await Store.FindDraftAsync(fixture.Tester, null, Cancellation));
        await Store.DropDraftAsync(fixture.Tester, null, Cancellation);
        Assert.Null(await Store.FindDraftAsync(fixture.Tester, null, Cancellation));
    }

    [Fact]
    public async Task Draft_AfterAnotherSave_StillHasItsBaseForTheMerge()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("merged", "Origin"), null, Cancellation);
        await Store.SaveDraftAsync(fixture.Tester, id, 1, SchemaWriter.Write(Document("merged", "Mine")), Cancellation);
        await Store.SaveAsync(fixture.OtherTester, id, 1, Document("merged", "Theirs"), null, Cancellation);

        var draft = (await Store.FindDraftAsync(fixture.Tester, id, Cancellation))!;
        var origin = await Store.GetAsync(fixture.Tester, id, draft.BaseVersion, Cancellation);
        var theirs = await Store.GetAsync(fixture.Tester, id, null, Cancellation);

        Assert.Equal(("Origin", "Mine", "Theirs"), (origin.Document.Title, SchemaReader.Read(draft.Document).Document!.Title, theirs.Document.Title));
    }

    [Fact]
    public async Task OthersEditing_ShowsRecentDraftsOfOthersOnly()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("presence"), null, Cancellation);
        await Store.SaveDraftAsync(fixture.Tester, id, 1, [1], Cancellation);
        await Store.SaveDraftAsync(fixture.OtherTester, id, 1, [1], Cancellation);

        Assert.Equal(fixture.OtherTester.UserId, Assert.Single(await Store.OthersEditingAsync(fixture.Tester, id, Cancellation)).UserId);
        var later = new SchemaStore(fixture.Database, new Ahead(TimeSpan.FromMinutes(6)));
        Assert.Empty(await later.OthersEditingAsync(fixture.Tester, id, Cancellation));
    }

    [Fact]
    public async Task Delete_TakesItOutAndUndeleteBringsItBackUnlessTheNameIsTaken()
    {
        var id = await Store.CreateAsync(fixture.Tester, Document("deleted"), null, Cancellation);
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.DeleteAsync(fixture.OtherTester, id, Cancellation));

        await Store.DeleteAsync(fixture.Lead, id, Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => Store.GetAsync(fixture.Tester, id, null, Cancellation));
        Assert.Empty((await Store.ListAsync(fixture.Tester, "deleted", SchemaShelf.Own, null, 10, Cancellation)).Items);
        await Store.UndeleteAsync(fixture.Tester, id, Cancellation);
        Assert.Equal("deleted", (await Store.GetAsync(fixture.Tester, id, null, Cancellation)).Document.Name);

        await Store.DeleteAsync(fixture.Tester, id, Cancellation);
        await Store.CreateAsync(fixture.Tester, Document("deleted"), null, Cancellation);
        Assert.Equal("schema.name_taken", (await Assert.ThrowsAsync<ConflictException>(() => Store.UndeleteAsync(fixture.Tester, id, Cancellation))).Code);
    }

    [Fact]
    public async Task Samples_AreSeenByAllTeamsAndChangedByNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Store.PublishSamplesAsync([Document("sample_shop")], Cancellation)));
        await Store.PublishSamplesAsync([Document("sample_shop", "Changed")], Cancellation);
        await Store.PublishSamplesAsync([Document("sample_shop", "Changed")], Cancellation);

        var sample = Assert.Single((await Store.ListAsync(fixture.Stranger, "sample_shop", SchemaShelf.Samples, null, 10, Cancellation)).Items);
        Assert.Equal((true, 2, "TdmPortal"), (sample.IsSample, sample.Version, sample.ChangedBy));
        Assert.Empty((await Store.ListAsync(fixture.Tester, "sample_shop", SchemaShelf.Own, null, 10, Cancellation)).Items);
        Assert.True((await Store.GetAsync(fixture.Tester, sample.Id, null, Cancellation)).IsSample);
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.SaveAsync(fixture.Lead, sample.Id, 2, Document("sample_shop"), null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.DeleteAsync(fixture.Lead, sample.Id, Cancellation));
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
