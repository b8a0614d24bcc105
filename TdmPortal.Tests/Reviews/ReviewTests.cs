using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Changes;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Changes;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Reviews;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Reviews;

/// <summary>A team that wants a second lead: every way to edit what is published becomes a proposal, and only another lead approves it.</summary>
[Trait("Requirement", "N17")]
public sealed class ReviewTests(ReviewPortal reviewing) : IClassFixture<ReviewPortal>
{
    private static readonly RefreshRule Mondays = new() { Cycle = RefreshCycle.Weekly, Weekdays = [DayOfWeek.Monday], Start = new(2026, 1, 5), Time = new(6, 30), Zone = "Europe/Berlin" };

    private readonly DatasetPortal portal = reviewing.Portal;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private ReviewStore Reviews => portal.Get<ReviewStore>();
    private SchemaStore Schemas => portal.Get<SchemaStore>();
    private OverrideStore Overrides => portal.Get<OverrideStore>();
    private RefreshStore Refreshes => portal.Get<RefreshStore>();
    private Actor Lead => portal.Lead;
    private Actor OtherLead => reviewing.OtherLead;
    private Actor Tester => portal.Tester;

    [Fact]
    public async Task EveryWayToSave_OfWhatIsPublished_BecomesAProposalAndChangesNothing()
    {
        var (schema, dataset) = await PublishedAsync("gated");
        var record = await Schemas.GetAsync(Tester, schema, null, Cancellation);
        await Unreviewed(async () =>
        {
            await Overrides.SetAsync(Tester, schema, Nulls("order", "note", 0), Cancellation);
            await Schemas.SaveAsync(Tester, schema, 1, Edit(record.Document, "order", field => field.Name == "note" ? field with { NullPercent = 40 } : field), null, Cancellation);
        });
        var before = await StateAsync(schema, dataset);
        var conflicting = (await Overrides.GetAsync(Tester, schema, null, Cancellation)).Overrides.Single();
        Assert.True(conflicting.Verdict.IsConflict);

        // What the designer, a paste, a restored version and a merge come to; then overrides and the schedule.
        (string Way, Func<Task<EditOutcome>> Save)[] ways =
        [
            ("designer", () => Schemas.SaveAsync(Tester, schema, 2, Tiers(record.Document), "platinum", Cancellation)),
            ("paste", () => Schemas.SaveAsync(Lead, schema, 2, record.Document with { Entities = [.. record.Document.Entities, record.Document.Entities[0] with { Name = "pasted" }] }, null, Cancellation)),
            ("restore", async () => await Schemas.SaveAsync(Lead, schema, 2, (await Schemas.GetAsync(Lead, schema, 1, Cancellation)).Document, null, Cancellation)),
            ("override", () => Overrides.SetAsync(Tester, schema, Nulls("customer", "tier", 50), Cancellation)),
            ("rows", () => Overrides.SetAsync(Lead, schema, new("customer", null, "Few") { Rows = 7 }, Cancellation)),
            ("keep", () => Overrides.KeepAsync(Tester, schema, conflicting.Id, Cancellation)),
            ("remove", () => Overrides.RemoveAsync(Tester, schema, conflicting.Id, Cancellation)),
            ("schedule", async () => await Refreshes.SaveAsync(Lead, dataset, Mondays, await Refreshes.ProposeAsync(Lead, dataset, Cancellation), null, null, Cancellation)),
        ];
        foreach (var (way, save) in ways)
        {
            var outcome = await save();
            Assert.True(outcome.Proposal is not null, way);
            Assert.Equal((way, before), (way, await StateAsync(schema, dataset)));
            Assert.Equal(ProposalState.Open, (await Reviews.GetAsync(Tester, outcome.Proposal.Value, Cancellation)).Summary.State);
        }

        // A run meanwhile uses the approved state.
        var run = await portal.GenerateAsync(Tester, DatasetPortal.Request("gated", schema));
        Assert.DoesNotContain(run.Current!.Document.Entities, entity => entity.Name == "pasted");

        // What no dataset is made from needs nobody.
        var other = await portal.SchemaAsync(Tester, DatasetPortal.Shop, "unused");
        Assert.Equal(new EditOutcome(null) { Version = 2 }, await Schemas.SaveAsync(Tester, other, 1, Tiers(record.Document) with { Name = "unused" }, null, Cancellation));
        Assert.Null((await Overrides.SetAsync(Tester, other, Nulls("customer", "tier", 50), Cancellation)).Proposal);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Edits_PastTheGate_AreRefusedByTheDatabase()
    {
        var (schema, dataset) = await PublishedAsync("second_gate");
        await Unreviewed(async () =>
        {
            await Overrides.SetAsync(Tester, schema, Nulls("customer", "tier", 50), Cancellation);
            await Refreshes.SaveAsync(Lead, dataset, Mondays, await Refreshes.ProposeAsync(Lead, dataset, Cancellation), null, null, Cancellation);
        });
        var proposal = (await Schemas.SaveAsync(Lead, schema, 1, Tiers((await Schemas.GetAsync(Lead, schema, null, Cancellation)).Document), null, Cancellation)).Proposal!.Value;
        var before = await StateAsync(schema, dataset);

        foreach (var (actor, sql) in new (Actor, string)[]
        {
            (Lead, $"insert into portal.schema_version (schema_id, version, team_id, document, changed_at) select schema_id, 2, team_id, document, now() from portal.schema_version where schema_id = '{schema}'"),
            (Lead, $"insert into portal.schema_override (id, team_id, schema_id, entity, field, value, was, reason, changed_at) select gen_random_uuid(), team_id, schema_id, entity, 'score', value, was, reason, now() from portal.schema_override where schema_id = '{schema}'"),
            (Lead, $"update portal.schema_override set reason = 'x' where schema_id = '{schema}'"),
            (Lead, $"delete from portal.schema_override where schema_id = '{schema}'"),
            (Lead, $"update portal.refresh_schedule set rule = '{{}}' where dataset_id = '{dataset}'"),
            (Lead, $"update portal.refresh_schedule set settings = '{{}}' where dataset_id = '{dataset}'"),
            // Approved by its author, by a tester, by another's name, in another transaction's name; or changed on the way.
            (Lead, Decide(proposal, "approved", Lead)),
            (Lead, Decide(proposal, "declined", Lead)),
            (Tester, Decide(proposal, "approved", Tester)),
            (Tester, Decide(proposal, "withdrawn", Tester)),
            (Lead, Decide(proposal, "approved", OtherLead)),
            (OtherLead, $"update portal.proposal set state = 'approved', decided_by = '{OtherLead.UserId}', decided_at = now(), approved_in = '1'::xid8 where id = '{proposal}'"),
            (OtherLead, $"update portal.proposal set wanted = '{{}}' where id = '{proposal}'"),
            (OtherLead, $"delete from portal.proposal where id = '{proposal}'"),
            (portal.Stranger, Decide(proposal, "approved", portal.Stranger)),
        })
        {
            var refused = await Record.ExceptionAsync(async () => Assert.Equal(0, await portal.Database.ChangeAsync(actor, (context, token) =>
            {
                context.Audit.NothingOwed("A test.");
                return context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), token);
            }, Cancellation)));
            Assert.True(refused is null or PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege }, $"{sql}: {refused}");
        }

        Assert.Equal(before, await StateAsync(schema, dataset));
        Assert.Equal(ProposalState.Open, (await Reviews.GetAsync(Tester, proposal, Cancellation)).Summary.State);

        // To leave a run out, to pause and to resume is no edit.
        var schedule = (await Refreshes.GetAsync(Lead, dataset, Cancellation))!;
        await Refreshes.SkipNextAsync(Lead, schedule.Id, Cancellation);
        await Refreshes.PauseAsync(Lead, schedule.Id, Cancellation);
        await Refreshes.ResumeAsync(Lead, schedule.Id, Cancellation);
        Assert.Single((await Refreshes.GetAsync(Lead, dataset, Cancellation))!.Rule.Skipped);
    }

    [Fact]
    public async Task Schema_ApprovedByAnotherLead_IsSavedAsItsAuthors()
    {
        var (schema, _) = await PublishedAsync("approved");
        var record = await Schemas.GetAsync(Lead, schema, null, Cancellation);
        var proposal = (await Schemas.SaveAsync(Lead, schema, 1, Tiers(record.Document), "platinum", Cancellation)).Proposal!.Value;

        // The author, a tester and another team: none of them.
        await Assert.ThrowsAsync<ForbiddenException>(() => Reviews.ApproveAsync(Lead, proposal, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Reviews.DeclineAsync(Lead, proposal, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Reviews.ApproveAsync(Tester, proposal, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Reviews.ApproveAsync(portal.Stranger, proposal, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Reviews.GetAsync(portal.Stranger, proposal, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Reviews.WithdrawAsync(OtherLead, proposal, Cancellation));

        // Its difference and its rows are there to be judged.
        var detail = await Reviews.GetAsync(OtherLead, proposal, Cancellation);
        Assert.True(detail is { HasMoved: false, MayWithdraw: false, MayRedo: false, Summary: { MayDecide: true, State: ProposalState.Open, Note: "platinum" } });
        Assert.Equal("customer.tier", Assert.Single(SchemaDiff.Compare(detail.Before, detail.After)).Place);
        var settings = (await portal.Get<SchemaUses>().OfAsync(OtherLead, schema, false, Cancellation)).Datasets.Single().Settings;
        var preview = PlanChanges.Compare(new(detail.RowsBefore, settings), new(detail.RowsAfter, settings), new() { Longest = TimeSpan.FromHours(1) }, TimeProvider.System, Cancellation);
        Assert.Equal(["tier"], preview.Entities.Single(entity => entity.Kind != ChangeKind.Same).Columns.Where(column => column.Kind != ChangeKind.Same).Select(column => column.Name));

        Assert.Equal(2, (await Reviews.ApproveAsync(OtherLead, proposal, "Good", Cancellation)).Version);

        var saved = await Schemas.GetAsync(Tester, schema, null, Cancellation);
        Assert.Equal((2, Lead.UserName, "platinum"), (saved.Version, saved.ChangedBy, saved.Note));
        Assert.Empty(SchemaDiff.Compare(detail.After, saved.Document));
        var decided = (await Reviews.GetAsync(Tester, proposal, Cancellation));
        Assert.Equal((ProposalState.Approved, OtherLead.UserName, "Good", false), (decided.Summary.State, decided.Summary.DecidedBy, decided.Comment, decided.HasMoved));
        Assert.Equal("review.decided", (await Assert.ThrowsAsync<ConflictException>(() => Reviews.DeclineAsync(OtherLead, proposal, null, Cancellation))).Code);

        // All of it is in the audit, and told.
        Assert.Equal("review.proposed,review.approved,schema.saved", await portal.ScalarAsync<string>(
            $"select string_agg(action, ',' order by number) from portal.audit_record where object_id = '{proposal}' or (object_id = '{schema}' and action = 'schema.saved')"));
        Assert.Equal("review_asked,review_decided", await portal.ScalarAsync<string>($"select string_agg(kind, ',' order by created_at) from portal.notice where link = '/reviews/{proposal}'"));
    }

    [Fact]
    public async Task Approve_BaseMovedMeanwhile_FailsClearlyAndIsDoneAgain()
    {
        var (schema, dataset) = await PublishedAsync("moved");
        var record = await Schemas.GetAsync(Lead, schema, null, Cancellation);
        var first = (await Schemas.SaveAsync(Lead, schema, 1, Tiers(record.Document), null, Cancellation)).Proposal!.Value;
        var second = (await Schemas.SaveAsync(Tester, schema, 1, Edit(record.Document, "order", field => field.Name == "note" ? field with { NullPercent = 0 } : field), null, Cancellation)).Proposal!.Value;
        var third = (await Overrides.SetAsync(Tester, schema, Nulls("customer", "score", 0), Cancellation)).Proposal!.Value;
        await Reviews.ApproveAsync(OtherLead, first, null, Cancellation);

        foreach (var stale in new[] { second, third })
        {
            Assert.True((await Reviews.GetAsync(Tester, stale, Cancellation)) is { HasMoved: true, MayRedo: true });
            Assert.Equal("review.base_moved", (await Assert.ThrowsAsync<ConflictException>(() => Reviews.ApproveAsync(OtherLead, stale, null, Cancellation))).Code);
            Assert.Equal(ProposalState.Open, (await Reviews.GetAsync(Tester, stale, Cancellation)).Summary.State);
        }

        // Only by its author: the schema as a draft on the version that it stood on, which the designer merges; the override as a new proposal.
        await Assert.ThrowsAsync<ForbiddenException>(() => Reviews.RedoAsync(OtherLead, second, Cancellation));
        Assert.Null(await Reviews.RedoAsync(Tester, second, Cancellation));
        var draft = (await Schemas.FindDraftAsync(Tester, schema, Cancellation))!;
        Assert.Equal(1, draft.BaseVersion);
        var again = (await Reviews.RedoAsync(Tester, third, Cancellation))!.Proposal!.Value;
        Assert.Equal(ProposalState.Withdrawn, (await Reviews.GetAsync(Tester, third, Cancellation)).Summary.State);
        await Reviews.ApproveAsync(OtherLead, again, null, Cancellation);
        Assert.True(Assert.Single((await Overrides.GetAsync(Tester, schema, null, Cancellation)).Overrides).Verdict.IsApplied);

        // A schedule that somebody changed on the way.
        var settings = await Refreshes.ProposeAsync(Lead, dataset, Cancellation);
        var schedule = (await Refreshes.SaveAsync(Lead, dataset, Mondays, settings, null, null, Cancellation)).Proposal!.Value;
        await Unreviewed(() => Refreshes.SaveAsync(OtherLead, dataset, Mondays with { Time = new(7, 0) }, settings, null, null, Cancellation));
        Assert.Equal("review.base_moved", (await Assert.ThrowsAsync<ConflictException>(() => Reviews.ApproveAsync(OtherLead, schedule, null, Cancellation))).Code);
        var redone = (await Reviews.RedoAsync(Lead, schedule, Cancellation))!.Proposal!.Value;
        var described = await Reviews.GetAsync(Tester, redone, Cancellation);
        Assert.Equal((new TimeOnly(7, 0), new TimeOnly(6, 30)), (described.ScheduleBefore!.Value.Rule.Time, described.ScheduleAfter!.Value.Rule.Time));
        await Reviews.ApproveAsync(OtherLead, redone, null, Cancellation);
        Assert.Equal(new TimeOnly(6, 30), (await Refreshes.GetAsync(Lead, dataset, Cancellation))!.Rule.Time);
    }

    [Fact]
    public async Task Proposals_OfASchemaThatIsGone_CanBeReadAndPutAwayOnly()
    {
        var (schema, dataset) = await PublishedAsync("gone");
        var settings = await Refreshes.ProposeAsync(Lead, dataset, Cancellation);
        var record = await Schemas.GetAsync(Lead, schema, null, Cancellation);
        Guid[] proposals =
        [
            (await Schemas.SaveAsync(Lead, schema, 1, Tiers(record.Document), null, Cancellation)).Proposal!.Value,
            (await Overrides.SetAsync(Lead, schema, Nulls("customer", "tier", 50), Cancellation)).Proposal!.Value,
            (await Refreshes.SaveAsync(Lead, dataset, Mondays, settings, null, null, Cancellation)).Proposal!.Value,
        ];
        await Schemas.DeleteAsync(Lead, schema, Cancellation);

        foreach (var proposal in proposals)
        {
            Assert.Equal(ProposalState.Open, (await Reviews.GetAsync(OtherLead, proposal, Cancellation)).Summary.State);
            Assert.Contains((await Assert.ThrowsAnyAsync<PortalException>(() => Reviews.ApproveAsync(OtherLead, proposal, null, Cancellation))).Code, new[] { "review.base_moved", "access.not_found" });
            await Reviews.DeclineAsync(OtherLead, proposal, null, Cancellation);
        }
    }

    [Fact]
    public async Task Approve_TwoOnTheSameAtOnce_DoesOneAndSaysOfTheOtherThatItsBaseMoved()
    {
        var (schema, _) = await PublishedAsync("at_once");
        var record = await Schemas.GetAsync(Lead, schema, null, Cancellation);
        var proposals = new List<Guid>();
        for (var i = 0; i < 4; i++)
            proposals.Add((await Schemas.SaveAsync(i % 2 == 0 ? Lead : Tester, schema, 1, record.Document with { Title = $"Title {i}" }, null, Cancellation)).Proposal!.Value);
        Assert.Equal(4, (await Reviews.OpenAsync(Tester, schema, Cancellation)).Count);

        var outcomes = await Task.WhenAll(proposals.Select(id => Task.Run(async () =>
        {
            try
            {
                return $"version {(await Reviews.ApproveAsync(OtherLead, id, null, Cancellation)).Version}";
            }
            catch (ConflictException conflict)
            {
                return conflict.Code;
            }
        })));

        Assert.Equal(["review.base_moved", "review.base_moved", "review.base_moved", "version 2"], outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await Schemas.VersionsAsync(Lead, schema, Cancellation)).Count);
        Assert.Equal(3, (await Reviews.OpenAsync(Tester, schema, Cancellation)).Count);
    }

    [Fact]
    public async Task DeclineAndWithdraw_LeaveAllAsItWas_AndListsShowThem()
    {
        var (schema, dataset) = await PublishedAsync("declined");
        await Unreviewed(() => Overrides.SetAsync(Tester, schema, Nulls("order", "note", 0), Cancellation));
        var before = await StateAsync(schema, dataset);
        var mine = (await Overrides.GetAsync(Tester, schema, null, Cancellation)).Overrides.Single();
        var removal = (await Overrides.RemoveAsync(Tester, schema, mine.Id, Cancellation)).Proposal!.Value;
        var rows = (await Overrides.SetAsync(Lead, schema, new("customer", null, "Few") { Rows = 7 }, Cancellation)).Proposal!.Value;

        // Waiting: for the one lead both, for the author of one the other, for a tester none.
        Assert.Equal((2, 1, 0), (await WaitingForAsync(OtherLead, removal, rows), await WaitingForAsync(Lead, removal, rows), await WaitingForAsync(Tester, removal, rows)));
        Assert.True(await Reviews.WaitingAsync(OtherLead, Cancellation) >= 2);
        Assert.Null(await Reviews.WaitingAsync(portal.Stranger, Cancellation));

        await Reviews.DeclineAsync(OtherLead, removal, "  It is needed ", Cancellation);
        await Reviews.WithdrawAsync(Lead, rows, Cancellation);
        Assert.Equal("review.comment_long", (await Assert.ThrowsAsync<PortalException>(() => Reviews.DeclineAsync(OtherLead, rows, new string('x', 1001), Cancellation))).Code);

        Assert.Equal(before, await StateAsync(schema, dataset));
        Assert.Equal((ProposalState.Declined, "It is needed", true), (await Reviews.GetAsync(Tester, removal, Cancellation)) is var detail ? (detail.Summary.State, detail.Comment, detail.MayRedo) : default);
        Assert.Equal(ProposalState.Withdrawn, (await Reviews.GetAsync(Lead, rows, Cancellation)).Summary.State);

        // Page by page, the latest first, each once.
        var seen = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = await Reviews.ListAsync(Tester, open: false, after, 1, Cancellation);
            seen.AddRange(page.Items.Select(one => one.Id));
            if ((after = page.Next) is null)
                break;
        }

        Assert.Equal([rows, removal], seen.Where(id => id == rows || id == removal));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty((await Reviews.ListAsync(portal.Stranger, open: false, null, 10, Cancellation)).Items);
    }

    [Fact]
    public async Task Setting_TeamWithASingleLead_CannotTurnItOnNorBeLeftWithOne()
    {
        var teams = portal.Get<TeamStore>();
        var (lead, other) = (await portal.LeadOfAsync("single", "solo"), portal.OtherTester.UserId);
        await teams.SetMemberAsync(lead, lead.TeamId, lead.UserId, TeamRole.Lead, Cancellation);
        Task SetAsync(bool review) => teams.UpdateAsync(lead, lead.TeamId, new("Single", "UTC", "en", "") { Review = review }, Cancellation);

        Assert.Equal("team.review_needs_leads", (await Assert.ThrowsAsync<ConflictException>(() => SetAsync(true))).Code);
        await teams.SetMemberAsync(lead, lead.TeamId, other, TeamRole.Lead, Cancellation);
        await SetAsync(true);
        Assert.Equal("team.review_needs_leads", (await Assert.ThrowsAsync<ConflictException>(() => teams.RemoveMemberAsync(lead, lead.TeamId, other, Cancellation))).Code);
        Assert.Equal("team.review_needs_leads", (await Assert.ThrowsAsync<ConflictException>(() => teams.SetMemberAsync(lead, lead.TeamId, other, TeamRole.Tester, Cancellation))).Code);
        Assert.True((await teams.MembershipsAsync(other, Cancellation)).Single(team => team.TeamId == lead.TeamId).Review);
        await SetAsync(false);
        await teams.RemoveMemberAsync(lead, lead.TeamId, other, Cancellation);
    }

    [Fact]
    public async Task SharedSchema_PublishedByAnotherTeamOnly_IsReviewedByItsOwner()
    {
        var schema = await portal.SchemaAsync(Tester, DatasetPortal.Shop, "lent");
        await Schemas.ShareAsync(Lead, schema, true, Cancellation);
        await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request("borrowed", schema, 20, 30));
        var record = await Schemas.GetAsync(Tester, schema, null, Cancellation);

        Assert.NotNull((await Schemas.SaveAsync(Tester, schema, 1, Tiers(record.Document), null, Cancellation)).Proposal);
        Assert.True((await portal.Get<SchemaUses>().OfAsync(Tester, schema, false, Cancellation)).NeedsReview);

        // The owner's own override reaches nobody else; the borrower's team wants no review.
        Assert.Null((await Overrides.SetAsync(Tester, schema, Nulls("customer", "tier", 50), Cancellation)).Proposal);
        Assert.Null((await Overrides.SetAsync(portal.Stranger, schema, Nulls("customer", "tier", 50), Cancellation)).Proposal);
    }

    private async Task<int> WaitingForAsync(Actor actor, params Guid[] among) => (await Reviews.ListAsync(actor, open: true, null, 100, Cancellation)).Items.Count(one => one.MayDecide && among.Contains(one.Id));

    private async Task<(Guid Schema, Guid Dataset)> PublishedAsync(string name)
    {
        var schema = await portal.SchemaAsync(Tester, DatasetPortal.Shop, name);
        return (schema, (await portal.GenerateAsync(Tester, DatasetPortal.Request(name, schema, 20, 30))).Id);
    }

    /// <summary>What a run would be made from.</summary>
    private Task<string?> StateAsync(Guid schema, Guid dataset) => portal.ScalarAsync<string>($"""
        select concat_ws(' ', (select latest_version from portal.schema where id = '{schema}'), (select count(*) from portal.schema_version where schema_id = '{schema}'),
            (select string_agg(md5(concat(entity, field, value, was, reason)), ',' order by id) from portal.schema_override where schema_id = '{schema}'), (select md5(concat(rule, settings)) from portal.refresh_schedule where dataset_id = '{dataset}'))
        """);

    private Task Unreviewed(Func<Task> work) => reviewing.UnreviewedAsync(work);

    private static string Decide(Guid proposal, string state, Actor by) =>
        $"update portal.proposal set state = '{state}', decided_by = '{by.UserId}', decided_at = now(), approved_in = {(state == "approved" ? "pg_current_xact_id()" : "null")} where id = '{proposal}'";

    private static SchemaDocument Tiers(SchemaDocument document) => Edit(document, "customer", field => field.Name == "tier" ? field with { Args = Args("""{ "values": ["platinum"] }""") } : field);

    private static SchemaOverride Nulls(string entity, string field, double share) => new(entity, field, "A reason") { NullPercent = share };

    private static SchemaDocument Edit(SchemaDocument document, string entity, Func<FieldDefinition, FieldDefinition> edit) =>
        document with { Entities = [.. document.Entities.Select(one => one.Name == entity ? one with { Fields = [.. one.Fields.Select(edit)] } : one)] };

    private static ArgumentValues Args(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new([.. document.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.Clone()))]);
    }
}
