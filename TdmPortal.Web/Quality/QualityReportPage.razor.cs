using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Datasets;
using TdmPortal.Web.Jobs;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Quality;

/// <summary>The quality report of a dataset's version beside that of the version before. All that is chosen stands in the address.</summary>
public sealed partial class QualityReportPage(ActorProvider actors, DatasetStore datasets, QualityStore store, QualityRuleStore rules, ChangeFeed feed, SuggestionStore suggestions, NavigationManager navigation, DialogService dialogs, Toasts toasts, TimeProvider clock, IJSRuntime script) : IDisposable
{
    private const int MostColumns = 6, MostHistory = 200, PointsShown = 40;

    private QualityView view = new();
    private DatasetDetail? dataset;
    private List<DatasetVersionSummary> versions = [];
    private IReadOnlyList<QualitySummary> history = [];
    private IReadOnlyList<AcceptedFinding> accepted = [];
    private QualityReportRecord? shown, before;
    private ReportDifference? difference;
    private ColumnChange? opened;
    /// <summary>The kept version that the page is about; null for one that the gate stopped.</summary>
    private DatasetVersionSummary? chosen;
    private Guid? schemaId, job;
    private double? leastScore;
    private bool isLead, working;
    private Exception? problem;
    private Refresher? refresher;
    private (Guid, int?, Guid?, int?)? read;

    [Parameter] public Guid Id { get; set; }

    private string Since => before is null ? "" : string.Create(CultureInfo.InvariantCulture, $"version {before.Summary.VersionNumber}");

    /// <summary>What columns are drawn beside.</summary>
    private string? Reference => before is not null ? Since : Report.Fidelity?.Reference;

    private QualityView FileView => new() { Version = view.Version, Report = view.Report, Against = before?.Summary.VersionNumber };

    private List<ScorePoint> Points => [.. history.Take(PointsShown).Reverse().Select(one => new ScorePoint(one.VersionNumber, one.CreatedAt, one.Score, one.Passed))];

    private RenderFragment VersionOptions => Options([.. versions.Select(version => version.Number).Union(history.Select(one => one.VersionNumber)).OrderDescending()], number =>
        $"{number}{(number == dataset!.Current?.Number ? " (live)" : "")}{(history.Any(one => one.VersionNumber == number) ? "" : ", no report")}");

    private RenderFragment AgainstOptions => Options([.. history.Select(one => one.VersionNumber).Distinct().Where(number => number != shown!.Summary.VersionNumber)], number => $"Version {number}");

    protected override void OnInitialized()
    {
        refresher = new(cancellation => InvokeAsync(() => ReadAsync(cancellation)), clock, TimeSpan.FromMilliseconds(500));
        feed.Changed += OnFeed;
        navigation.LocationChanged += OnLocation;
        view = QualityView.Parse(new Uri(navigation.Uri).Query);
    }

    protected override Task OnParametersSetAsync() => ShowAsync();

    public void Dispose()
    {
        feed.Changed -= OnFeed;
        navigation.LocationChanged -= OnLocation;
        refresher?.Dispose();
    }

    private void OnFeed(Guid id)
    {
        if (id == Id || id == Guid.Empty)
            refresher?.Signal();
    }

    private void OnLocation(object? sender, LocationChangedEventArgs change)
    {
        var uri = new Uri(change.Location);
        if (uri.AbsolutePath != PortalUrls.DatasetQuality(Id, new()))
            return;
        view = QualityView.Parse(uri.Query);
        _ = InvokeAsync(async () =>
        {
            await ShowAsync();
            StateHasChanged();
        });
    }

    /// <summary>Reads what the address asks for unless it is there already.</summary>
    private async Task ShowAsync()
    {
        if (read != (Id, view.Version, view.Report, view.Against))
        {
            read = (Id, view.Version, view.Report, view.Against);
            await ReadAsync(CancellationToken.None);
        }

        Open();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var actor = await actors.GetAsync(cancellation);
            isLead = actor.IsLead;
            dataset = await datasets.GetAsync(actor, Id, cancellation);
            versions = [.. (await datasets.VersionsAsync(actor, Id, cancellation)).Where(version => version.State == "ready")];
            history = await store.HistoryAsync(actor, Id, MostHistory, cancellation);
            accepted = await store.AcceptedAsync(actor, Id, cancellation);
            shown = view.Report is { } id ? await store.GetAsync(actor, id, cancellation) : await store.FindAsync(actor, Id, view.Version, cancellation);
            var number = shown?.Summary.VersionNumber ?? view.Version ?? dataset.Current?.Number;
            chosen = versions.Find(version => version.Number == number);
            var against = view.Against ?? history.FirstOrDefault(one => one.VersionNumber < number)?.VersionNumber;
            before = shown is null || against is null || against == number ? null : await store.FindAsync(actor, Id, against, cancellation);
            difference = shown is null ? null : ReportDifference.Between(before?.Report, shown.Report, Since);
            schemaId = dataset.Current?.SchemaId;
            leastScore = schemaId is { } schema ? (await rules.GetAsync(actor, schema, null, cancellation)).Rules.LeastScore : null;
            problem = null;
        }
        catch (NotFoundException missing) when (dataset is null || view.Report is not null)
        {
            await DispatchExceptionAsync(missing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = exception;
        }

        Open();
        StateHasChanged();
    }

    private void Open() => opened = view.Column is null ? null : difference?.Columns.FirstOrDefault(column => column.Column.Profile.Name == view.Column && (view.Entity is null || column.Entity == view.Entity));

    private IEnumerable<(QualitySection Section, string Words)> Sections()
    {
        var failing = Report.Rules.Count(rule => !rule.Holds) + Report.Scenarios.Count(scenario => !scenario.Holds);
        yield return (QualitySection.Summary, "Summary");
        yield return (QualitySection.Rules, failing == 0 ? "Rules" : $"Rules ({Figures.Number(failing)} fail)");
        yield return (QualitySection.Columns, "Columns");
        yield return (QualitySection.Pairs, "Pairs");
        yield return (QualitySection.Likeness, "Likeness");
        yield return (QualitySection.Coverage, "Coverage");
        yield return (QualitySection.Compare, "Compare");
    }

    private string Href(QualityView wanted) => PortalUrls.DatasetQuality(Id, wanted);

    private string ColumnHref(ColumnChange column) => Href(view.To(QualitySection.Columns) with { Entity = column.Entity, Column = column.Column.Profile.Name });

    private string? WhyHref(FallReason why) => why switch
    {
        { Rule: { } rule } => Href(view.To(QualitySection.Rules) with { Rule = rule }),
        { Column: { } column } => Href(view.To(QualitySection.Columns) with { Entity = why.Entity, Column = column }),
        _ => null,
    };

    /// <summary>Of a version that is gone no row can be shown.</summary>
    private Func<string, FailingRow, string>? RowLink => shown?.Summary.VersionId is null ? null : (entity, row) =>
        PortalUrls.Dataset(Id) + new DatasetView { Version = shown.Summary.VersionNumber == dataset!.Current?.Number ? null : shown.Summary.VersionNumber, Entity = entity, From = row.Row / DatasetView.DefaultTake * DatasetView.DefaultTake, Row = row.Row }.ToQueryString();

    private AcceptedFinding? AcceptedOf(string kind, string name) => accepted.FirstOrDefault(finding => finding.Kind == kind && finding.Name == name);

    private void ChooseVersion(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var number))
            navigation.NavigateTo(Href(new QualityView { Version = number == dataset!.Current?.Number ? null : number, Section = view.Section }));
    }

    private void ChooseAgainst(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var number))
            navigation.NavigateTo(Href(view with { Against = number }));
    }

    private async Task MakeAsync()
    {
        if (await dialogs.OpenAsync<MakeReportDialog>($"Report of version {chosen!.Number}", new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(MakeReportDialog.Version)] = chosen, [nameof(MakeReportDialog.References)] = history.Where(one => one.VersionId is not null && one.Level != QualityLevel.Basic && one.VersionId != chosen.VersionId).ToList() }!, new DialogOptions { Width = "min(36rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) is Guid started)
            job = started;
    }

    private async Task FinishedAsync(JobSummary finished)
    {
        job = null;
        await ReadAsync(CancellationToken.None);
    }

    private async Task AcceptAsync(string kind, string name)
    {
        if (await dialogs.OpenAsync<AcceptFindingDialog>("Accept as known", new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(AcceptFindingDialog.DatasetId)] = Id, [nameof(AcceptFindingDialog.Kind)] = kind, [nameof(AcceptFindingDialog.Name)] = name }!, new DialogOptions { Width = "min(32rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) is true)
        {
            toasts.Success("Accepted as known", $"“{name}” does not stop a refresh until then.");
            await ReadAsync(CancellationToken.None);
        }
    }

    private Task TakeBackAsync(AcceptedFinding finding) => TryAsync(async () =>
    {
        await store.TakeBackAsync(await actors.GetAsync(), finding.Id, CancellationToken.None);
        if (finding.IsExpired)
            toasts.Success($"“{finding.Name}” counts again");
        else
            toasts.Undo($"“{finding.Name}” counts again", async () => await store.AcceptAsync(await actors.GetAsync(), Id, finding.Kind, finding.Name, finding.Reason, finding.Owner, finding.ExpiresAt, CancellationToken.None));
    });

    private Task ApplyAsync(Suggestion suggestion) => TryAsync(async () =>
    {
        var applied = await suggestions.ApplyAsync(await actors.GetAsync(), shown!.Summary.Id, suggestion, CancellationToken.None);
        if (applied.Outcome.Proposal is { } proposal)
        {
            toasts.Info("Your change is proposed", "It takes effect when another lead approves it.");
            navigation.NavigateTo(PortalUrls.Review(proposal));
        }
        else if (applied.Undo is { } undo)
        {
            toasts.Undo(applied.Text, async () => await suggestions.UndoAsync(await actors.GetAsync(), undo, CancellationToken.None));
        }
        else
        {
            toasts.Success(applied.Text);
        }
    });

    private async Task TryAsync(Func<Task> work)
    {
        working = true;
        try
        {
            await work();
        }
        catch (PortalException refused)
        {
            toasts.Error(refused);
        }

        working = false;
        await ReadAsync(CancellationToken.None);
    }

    private async Task PrintAsync() => await script.InvokeVoidAsync("print");

    private static RenderFragment Options(IReadOnlyList<int> numbers, Func<int, string> words) => builder =>
    {
        foreach (var number in numbers)
        {
            builder.OpenElement(0, "option");
            builder.SetKey(number);
            builder.AddAttribute(1, "value", number.ToString(CultureInfo.InvariantCulture));
            builder.AddContent(2, words(number));
            builder.CloseElement();
        }
    };
}
