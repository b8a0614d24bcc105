using Microsoft.AspNetCore.Components;
using Radzen;
using TdmPortal.Core.Changes;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Changes;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Jobs;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Refresh;

/// <summary>When and how a dataset is refreshed: seen by all of the team, edited in place by its leads.</summary>
public sealed partial class RefreshSchedulePage(ActorProvider actors, RefreshStore store, DatasetStore datasets, OverrideStore overrides, SchemaStore schemas, ChangeFeed feed, DialogService dialogs, Confirmations confirmations, Toasts toasts, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    /// <summary>Schedules that one may follow, in its list.</summary>
    private const int MostOthers = 500;

    private DatasetDetail? dataset;
    private RefreshSchedule? schedule;
    private (RefreshRule Rule, RefreshSettings Settings)? draft;
    private RefreshSettings? proposed;
    private Guid? after;
    private SchemaDocument? document;
    private IReadOnlyList<SchemaVersionSummary> versions = [];
    private IReadOnlyList<RefreshSchedule> others = [], followers = [];
    private bool dirty, editing, busy, mayEdit;
    private DateOnly today;
    private Exception? problem;
    private PortalException? refusal;
    private ConflictException? nothingToMake;
    private NotFoundException? schemaMissing;
    private Refresher? refresher;

    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] private PortalSession Session { get; set; } = default!;

    private RefreshRule Rule => draft!.Value.Rule;

    private RefreshSettings Settings => draft!.Value.Settings;

    /// <summary>Without its schema nobody can say what runs make; masked ones need none.</summary>
    private bool MayChange => Settings.Masked is not null || document is not null;

    private string NextValue => schedule switch
    {
        { Paused: true } => "Paused",
        { After: not null } => $"After {schedule.AfterDataset}",
        { NextAt: { } at } => FireTimes.After(schedule.Rule, at.AddTicks(-1)).FirstOrDefault() is { } next ? next.At.ToString("ddd d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "",
        _ => "None to come",
    };

    private string NextNote => schedule switch
    {
        { Paused: true } => "Nothing runs until it is resumed",
        { After: not null } => "It follows that dataset's success",
        _ => "",
    };

    protected override async Task OnInitializedAsync()
    {
        refresher = new(cancellation => InvokeAsync(() => ReadAsync(cancellation)), clock, TimeSpan.FromMilliseconds(400));
        feed.Changed += OnFeed;
        await ReadAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        feed.Changed -= OnFeed;
        refresher?.Dispose();
    }

    private void OnFeed(Guid id)
    {
        if (id == Id || id == schedule?.Id || id == Guid.Empty)
            refresher?.Signal();
    }

    private Task ReloadAsync() => ReadAsync(CancellationToken.None);

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var actor = await actors.GetAsync(cancellation);
            today = SettingsEdits.DayIn(clock.GetUtcNow(), Session.Team?.TimeZone ?? "UTC");
            mayEdit = actor.IsLead;
            var detail = await datasets.GetAsync(actor, Id, cancellation);
            schedule = await store.GetAsync(actor, Id, cancellation);
            var team = (await store.ListAsync(actor, null, ScheduleShelf.All, null, MostOthers, cancellation)).Items;
            others = mayEdit ? [.. team.Where(other => other.DatasetId != Id).OrderBy(other => other.DatasetName, StringComparer.Ordinal)] : [];
            followers = schedule is null ? [] : [.. team.Where(other => other.After == schedule.Id)];
            await ProposeAsync(actor, cancellation);
            // What is being edited stays; saving says so where somebody else saved meanwhile.
            if (!dirty && schedule is not null)
                (draft, after) = ((schedule.Rule, schedule.Settings), schedule.After);
            await ReadSchemaAsync(actor, cancellation);
            (dataset, problem) = (detail, null);
        }
        catch (NotFoundException missing)
        {
            await DispatchExceptionAsync(missing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = exception;
        }

        StateHasChanged();
    }

    private async Task ProposeAsync(Actor actor, CancellationToken cancellation)
    {
        if (schedule is not null)
            return;
        try
        {
            (proposed, nothingToMake) = (await store.ProposeAsync(actor, Id, cancellation), null);
        }
        catch (ConflictException conflict)
        {
            nothingToMake = conflict;
        }
    }

    private async Task ReadSchemaAsync(Actor actor, CancellationToken cancellation)
    {
        if ((schedule?.Settings ?? proposed) is not { Masked: null } settings || document is not null || !mayEdit)
            return;
        try
        {
            document = (await overrides.GetAsync(actor, settings.SchemaId, settings.SchemaVersion, cancellation)).Document;
        }
        catch (NotFoundException missing)
        {
            schemaMissing = missing;
            return;
        }

        schemaMissing = null;
        versions = await schemas.VersionsAsync(actor, settings.SchemaId, cancellation);
    }

    private void Begin()
    {
        draft = (RuleEdits.New(Session.Team?.TimeZone ?? "UTC", today), proposed!);
        refusal = null;
    }

    private void SetRule(RefreshRule rule)
    {
        draft = (rule, Settings);
        (dirty, refusal) = (schedule is not null, null);
    }

    private void SetSettings(RefreshSettings settings)
    {
        draft = (Rule, settings);
        (dirty, refusal) = (schedule is not null, null);
    }

    private async Task SetSettingsAsync(RefreshSettings settings)
    {
        var other = settings.SchemaVersion != Settings.SchemaVersion;
        SetSettings(settings);
        if (other)
            await TryAsync(async actor => document = (await overrides.GetAsync(actor, settings.SchemaId, settings.SchemaVersion, CancellationToken.None)).Document);
    }

    private Task DiscardAsync()
    {
        Forget();
        return ReloadAsync();
    }

    /// <summary>Back to what is saved; without a schedule to the offer of one.</summary>
    private void Forget()
    {
        draft = schedule is null ? null : (schedule.Rule, schedule.Settings);
        after = schedule?.After;
        (dirty, editing, refusal) = (false, false, null);
    }

    private async Task SaveAsync()
    {
        var (rule, settings) = (RuleEdits.Trimmed(Rule), Settings with { InTeamZone = Settings.InTeamZone && Rule.Zone == Session.Team?.TimeZone });
        busy = true;
        refusal = null;
        try
        {
            rule.Check();
            settings.Check();
            if (schedule is not null && SettingsEdits.ChangesRows(schedule.Settings, settings) && !await IsWantedAsync(schedule, rule, settings))
                return;
            var outcome = await store.SaveAsync(await actors.GetAsync(), Id, rule, settings, after, schedule?.Revision, CancellationToken.None);
            if (outcome.Proposal is { } proposal)
            {
                Forget();
                toasts.Info("Your change is proposed", "It takes effect when another lead approves it.");
                navigation.NavigateTo(PortalUrls.Review(proposal));
                return;
            }

            toasts.Success(schedule is null ? "The schedule is set" : "The schedule is saved", after is null ? rule.Describe() : null);
            (dirty, editing) = (false, false);
        }
        catch (PortalException exception)
        {
            refusal = exception;
            return;
        }
        finally
        {
            busy = false;
        }

        await ReloadAsync();
    }

    /// <summary>Other rows are shown before they are made.</summary>
    private async Task<bool> IsWantedAsync(RefreshSchedule saved, RefreshRule rule, RefreshSettings settings)
    {
        var actor = await actors.GetAsync();
        var before = (await overrides.GetAsync(actor, saved.Settings.SchemaId, saved.Settings.SchemaVersion, CancellationToken.None)).Document;
        var changed = settings.SchemaVersion == saved.Settings.SchemaVersion ? before : (await overrides.GetAsync(actor, settings.SchemaId, settings.SchemaVersion, CancellationToken.None)).Document;
        // At the same time both, so that only what the settings change is shown.
        var planned = FireTimes.After(rule, clock.GetUtcNow()).FirstOrDefault()?.At ?? clock.GetUtcNow();
        return await dialogs.OpenAsync<SaveScheduleDialog>("Save the schedule", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SaveScheduleDialog.SchemaId)] = settings.SchemaId,
            [nameof(SaveScheduleDialog.DatasetId)] = Id,
            [nameof(SaveScheduleDialog.Sentence)] = rule.Describe(),
            [nameof(SaveScheduleDialog.Inputs)] = (Func<DatasetUse?, (PlanInput, PlanInput)>)(_ => (new PlanInput(before, saved.Settings.Options(planned, rule.Zone)), new PlanInput(changed, settings.Options(planned, rule.Zone)))),
        }!, new DialogOptions { Width = "min(64rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) is true;
    }

    private async Task RunNowAsync()
    {
        if (await dialogs.OpenAsync<RunNowDialog>($"Refresh {dataset!.Name} now", new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RunNowDialog.Schedule)] = schedule }!, new DialogOptions { Width = "min(36rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) is true)
            await ReloadAsync();
    }

    private Task SkipAsync() => ChangeAsync(async actor =>
    {
        var skipped = await store.SkipNextAsync(actor, schedule!.Id, CancellationToken.None);
        var day = skipped.Day;
        toasts.Undo($"The run on {day.ToString("ddd d MMM", System.Globalization.CultureInfo.InvariantCulture)} is left out", () => UnskipAsync(day));
    });

    private Task UnskipAsync(DateOnly day) => ChangeAsync(actor => store.UnskipAsync(actor, schedule!.Id, day, CancellationToken.None));

    private Task PauseOrResumeAsync() => ChangeAsync(actor => schedule!.Paused ? store.ResumeAsync(actor, schedule.Id, CancellationToken.None) : store.PauseAsync(actor, schedule.Id, CancellationToken.None));

    private async Task DeleteAsync()
    {
        if (!await confirmations.AskAsync("Remove this schedule?", $"{dataset!.Name} is no longer refreshed by itself. Its versions and the history of its runs stay.{(followers.Count > 0 ? $" What follows it ({string.Join(", ", followers.Select(follower => follower.DatasetName))}) runs at its own times again." : "")}", "Remove the schedule"))
            return;
        await ChangeAsync(async actor =>
        {
            await store.DeleteAsync(actor, schedule!.Id, CancellationToken.None);
            schedule = null;
            Forget();
        });
    }

    private async Task ChangeAsync(Func<Actor, Task> work)
    {
        await TryAsync(work);
        await InvokeAsync(ReloadAsync);
    }

    private async Task TryAsync(Func<Actor, Task> work)
    {
        busy = true;
        try
        {
            await work(await actors.GetAsync());
        }
        catch (PortalException exception)
        {
            toasts.Error(exception);
        }
        finally
        {
            busy = false;
        }
    }
}
