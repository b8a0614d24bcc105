using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Import;
using TdmPortal.Data.Masking;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Masking;

/// <summary>The policy editor. What is shown stands in the address; what is edited is a draft, with undo, until it is saved as a version.</summary>
public sealed partial class PolicyPage(ActorProvider actors, MaskingPolicyStore store, MaskingDesk desk, MaskingRuns runs, SourceStore sourceStore, NavigationManager navigation, DialogService dialogs, Confirmations confirmations, Toasts toasts) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly HashSet<string> selected = new(StringComparer.Ordinal);
    private IReadOnlyList<SourceSummary> sources = [];
    private IReadOnlyList<SchemaProblem> imported = [];
    private PolicyView view = new();
    private MaskingPolicyRecord? saved;
    private EditHistory<MaskingPolicy> history = new(new MaskingPolicy { Name = "policy" });
    private MaskingView? columns;
    private ColumnLines? lines;
    private Actor? actor;
    private Exception? problem, refused, unseen;
    private Guid? sourceId;
    private CancellationTokenSource? looking;
    private string? note;
    private bool saving, looks;
    private Guid shown;

    [Parameter] public Guid Id { get; set; }

    private MaskingPolicy Draft => history.Present;
    private bool MayEdit => actor?.IsLead == true;
    private bool IsDirty => saved is not null && (!ReferenceEquals(Draft, saved.Policy) || sourceId != saved.SourceId);
    private ColumnLine? OpenLine => view.Open is { } open ? lines?.All.FirstOrDefault(line => line.Name == open) : null;
    /// <summary>Problems that belong to no column: of groups, quasi-identifiers, the subset, the policy as a whole. What is not decided stands at its columns.</summary>
    private IEnumerable<SchemaProblem> OtherProblems => columns is null ? [] : columns.Problems.Where(one => one.Severity == ProblemSeverity.Error && one.Code != "masking.undecided" && PolicyPlace.RuleOf(one.Path) is null && PolicyPlace.ColumnOf(one.Path, columns.Document) is null);

    protected override void OnInitialized()
    {
        navigation.LocationChanged += OnLocation;
        view = PolicyView.Parse(new Uri(navigation.Uri).Query);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id)
            return;
        shown = Id;
        await ReadAsync();
    }

    public void Dispose()
    {
        navigation.LocationChanged -= OnLocation;
        looking?.Cancel();
        looking?.Dispose();
    }

    private void OnLocation(object? sender, LocationChangedEventArgs change)
    {
        var uri = new Uri(change.Location);
        if (uri.AbsolutePath != PortalUrls.MaskingPolicy(Id))
            return;
        view = PolicyView.Parse(uri.Query);
        _ = InvokeAsync(StateHasChanged);
    }

    private async Task ReadAsync()
    {
        try
        {
            actor = await actors.GetAsync();
            saved = await store.GetAsync(actor, Id, null, CancellationToken.None);
            sources = await SourceChoice.AllAsync(sourceStore, actor);
            history = new(saved.Policy);
            (sourceId, problem, refused, note) = (view.Source ?? saved.SourceId, null, null, null);
            selected.Clear();
        }
        catch (NotFoundException missing)
        {
            await DispatchExceptionAsync(missing);
            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = exception;
            return;
        }

        _ = LookAsync(TimeSpan.Zero);
    }

    /// <summary>Asks what the draft does to the source; a later edit makes an earlier look void.</summary>
    private async Task LookAsync(TimeSpan pause)
    {
        looking?.Cancel();
        looking?.Dispose();
        if (sourceId is not { } source)
        {
            (looking, columns, lines, unseen, looks) = (null, null, null, null, false);
            StateHasChanged();
            return;
        }

        var mine = looking = new CancellationTokenSource();
        looks = true;
        try
        {
            await Task.Delay(pause, mine.Token);
            var policy = Draft;
            var found = await desk.ViewAsync(actor!, source, policy, mine.Token);
            if (mine != looking)
                return;
            (columns, lines, unseen, looks) = (found, ColumnLines.Of(found, policy), null, false);
            selected.IntersectWith(lines.All.Select(line => line.Name));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception exception)
        {
            if (mine != looking)
                return;
            // What is wrong with the draft is shown with what was seen last; the draft stays.
            (unseen, looks) = (exception, false);
        }

        await InvokeAsync(StateHasChanged);
    }

    /// <param name="key">Edits in a row with the same key are one step of undo.</param>
    private void Set(MaskingPolicy policy, string label, string? key = null)
    {
        if (!MayEdit || ReferenceEquals(policy, Draft))
            return;
        history.Do(policy, label, key);
        _ = LookAsync(Pause);
    }

    private void Undo()
    {
        history.Undo();
        _ = LookAsync(TimeSpan.Zero);
    }

    private void Redo()
    {
        history.Redo();
        _ = LookAsync(TimeSpan.Zero);
    }

    private void ChooseSource(ChangeEventArgs change)
    {
        sourceId = Guid.TryParse(change.Value?.ToString(), out var id) ? id : null;
        (columns, lines) = (null, null);
        _ = LookAsync(TimeSpan.Zero);
    }

    private async Task SaveAsync()
    {
        (saving, refused) = (true, null);
        try
        {
            // From now on the policy knows these columns: later changes of the source stop a run. Those that are to be looked at stay so.
            var policy = columns is { Drift.Count: 0, Remembered.Count: > 0 } ? Draft with { Columns = columns.Remembered } : Draft;
            var version = await store.SaveAsync(actor!, Id, saved!.Version, policy, sourceId, string.IsNullOrWhiteSpace(note) ? null : note, CancellationToken.None);
            toasts.Success($"The policy is saved as version {version}", "Runs that are started from now on use it.");
            await ReadAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The draft stays as it is.
            refused = exception;
        }

        saving = false;
    }

    private async Task DiscardAsync()
    {
        if (await confirmations.AskAsync("Discard what is not saved?", "The policy is again as it was saved last.", "Discard"))
            await ReadAsync();
    }

    private async Task RemoveAsync()
    {
        if (!await confirmations.AskAsync("Remove this policy?", "Its versions and the records of its runs go with it. Datasets that were masked by it stay.", "Remove it", saved!.Policy.Name))
            return;
        try
        {
            await store.RemoveAsync(actor!, Id, CancellationToken.None);
            history = new(saved.Policy);
            sourceId = saved.SourceId;
            navigation.NavigateTo(PortalUrls.Masking);
        }
        catch (PortalException exception)
        {
            toasts.Error(exception);
        }
    }

    /// <summary>Takes a saved version into the draft.</summary>
    private async Task TakeAsync(int version)
    {
        try
        {
            var former = await store.GetAsync(actor!, Id, version, CancellationToken.None);
            note = $"As version {version}";
            Set(former.Policy, $"Go back to version {version}");
            navigation.NavigateTo(Href(new PolicyView()));
        }
        catch (PortalException exception)
        {
            toasts.Error(exception);
        }
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        try
        {
            (var policy, imported) = await PolicyUpload.ReadAsync(change.File);
            if (policy is null)
                return;
            Set(policy with { Name = Draft.Name, Title = Draft.Title }, "Import");
            toasts.Info("The file is in the draft", "Save it to make it count.");
        }
        catch (PortalException exception)
        {
            toasts.Error(exception);
        }
    }

    private async Task TestAsync()
    {
        try
        {
            // Seen here, so that the draft stays while it is tried.
            var trial = await runs.TryAsync(actor!, Id, Draft, sourceId!.Value, CancellationToken.None);
            refused = null;
            Go(view with { Part = PolicyPart.Runs, Open = trial.ToString() });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            refused = exception;
        }
    }

    private async Task RunAsync()
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(RunMaskingDialog.Policy)] = saved, [nameof(RunMaskingDialog.SourceId)] = sourceId, [nameof(RunMaskingDialog.Sources)] = sources,
            [nameof(RunMaskingDialog.Lines)] = lines, [nameof(RunMaskingDialog.Identities)] = columns?.Identities, [nameof(RunMaskingDialog.Document)] = columns?.Document, [nameof(RunMaskingDialog.Problems)] = columns?.Problems ?? [],
        };
        if (await dialogs.OpenAsync<RunMaskingDialog>($"Run {saved!.Policy.Title ?? saved.Policy.Name}", parameters!, new DialogOptions { Width = "min(44rem, 94vw)", CloseDialogOnEsc = true }) is Guid run)
            navigation.NavigateTo(PortalUrls.MaskingRun(run));
    }

    /// <summary>A draft stays only if it is saved.</summary>
    private async Task LeavingAsync(LocationChangingContext leaving)
    {
        if (!IsDirty || new Uri(navigation.ToAbsoluteUri(leaving.TargetLocation).ToString()).AbsolutePath == PortalUrls.MaskingPolicy(Id))
            return;
        if (!await confirmations.AskAsync("Leave without saving?", "What you changed in the policy is not saved.", "Leave"))
            leaving.PreventNavigation();
    }

    private string Href(PolicyView wanted) => PortalUrls.MaskingPolicy(Id) + wanted.ToQueryString();

    private void Go(PolicyView wanted) => navigation.NavigateTo(Href(wanted));
}
