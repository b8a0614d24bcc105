using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Environments;
using TdmPortal.Web.Jobs;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Datasets;

/// <summary>A dataset's rows. All that it shows is in the address (<see cref="DatasetView"/>).</summary>
public sealed partial class DatasetPage : ComponentBase, IDisposable
{
    private readonly HashSet<int> selected = [];
    private DatasetDetail? dataset;
    private DatasetVersionDetail? version;
    private IReadOnlyList<DatasetVersionSummary> versions = [];
    private DatasetView view = new();
    private DatasetEntity? entity;
    private RowPage? page;
    private CellBlock? block;
    private RowFilters? filters;
    private RowPager? pager;
    private Exception? fatal, rowsProblem, filterProblem;
    private CancellationTokenSource readingRows = new();
    private Refresher? refresher;
    private string findText = "", shownRows = "";
    private string? indexColumn;
    private double? indexing;
    private string counted = "";
    private (long Count, bool Exact)? matching;
    private bool reading, factsOpen;
    private Guid shown;

    [Parameter] public Guid Id { get; set; }

    [Inject] public required ActorProvider Actors { get; init; }
    [Inject] public required DatasetStore Datasets { get; init; }
    [Inject] public required RowBrowser Rows { get; init; }
    [Inject] public required Publisher Publisher { get; init; }
    [Inject] public required ChangeFeed Feed { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required DialogService Dialogs { get; init; }
    [Inject] public required Confirmations Confirmations { get; init; }
    [Inject] public required Toasts Toasts { get; init; }
    [Inject] public required Clipboard Clipboard { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    private string CopyWhat => block is { Rows: > 1 } or { Columns: > 1 } ? $"{block.Rows} × {block.Columns} cells" : Count(selected.Count > 0 ? selected.Count : page?.Cells.Count ?? 0);

    protected override void OnInitialized()
    {
        refresher = new Refresher(_ => InvokeAsync(ReloadAsync), Clock, TimeSpan.FromSeconds(1));
        Feed.Changed += OnFeed;
        Navigation.LocationChanged += OnLocation;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id)
            return;
        shown = Id;
        (dataset, version, entity, page, fatal) = (null, null, null, null, null);
        view = DatasetView.Parse(new Uri(Navigation.Uri).Query);
        await ReloadAsync();
    }

    private void OnFeed(Guid id)
    {
        // The running job's own news are its panel's.
        if (id == Id || id == Guid.Empty)
            refresher?.Signal();
    }

    private void OnLocation(object? sender, LocationChangedEventArgs change)
    {
        var uri = new Uri(change.Location);
        if (uri.AbsolutePath == PortalUrls.Dataset(Id))
            _ = InvokeAsync(() => ShowAsync(DatasetView.Parse(uri.Query)));
    }

    private async Task ReloadAsync()
    {
        try
        {
            var actor = await Actors.GetAsync();
            dataset = await Datasets.GetAsync(actor, Id, CancellationToken.None);
            versions = await Datasets.VersionsAsync(actor, Id, CancellationToken.None);
            fatal = null;
        }
        catch (NotFoundException missing)
        {
            // Handed to the page's boundary, which says so in place of everything.
            await DispatchExceptionAsync(missing);
            return;
        }
        catch (Exception exception)
        {
            fatal = exception;
            StateHasChanged();
            return;
        }

        await ShowAsync(view);
    }

    private async Task ShowAsync(DatasetView next)
    {
        view = next;
        findText = view.Find ?? findText;
        if (dataset is null)
            return;
        try
        {
            version = await VersionAsync();
            entity = version?.Entities.FirstOrDefault(known => known.Name == view.Entity) ?? (version?.Entities.Count > 0 ? version.Entities[0] : null);
            if (entity is null)
            {
                StateHasChanged();
                return;
            }

            // Columns that the entity has not would only be refused.
            view = view with { Entity = entity.Name, Columns = [.. view.Columns.Where(column => entity.Columns.Any(known => known.Name == column))] };
            if (view.At.Count > 0)
            {
                await GoToRecordAsync();
                return;
            }
        }
        catch (NotFoundException missing)
        {
            await DispatchExceptionAsync(missing);
            return;
        }
        catch (Exception exception)
        {
            fatal = exception;
            StateHasChanged();
            return;
        }

        await ReadRowsAsync(again: false);
    }

    private async Task<DatasetVersionDetail?> VersionAsync()
    {
        if (view.Version is not { } number || number == dataset!.Current?.Number)
            return dataset!.Current;
        if (version?.Number == number)
            return version;
        var kept = versions.FirstOrDefault(known => known.Number == number && known.State == "ready") ?? throw new NotFoundException(string.Create(CultureInfo.InvariantCulture, $"Version {number} of {dataset!.Name}"));
        return await Datasets.GetVersionAsync(await Actors.GetAsync(), kept.VersionId, CancellationToken.None);
    }

    /// <summary>A record that is named by its key is shown among its neighbours, open.</summary>
    private async Task GoToRecordAsync()
    {
        var found = await Rows.ReadAsync(await Actors.GetAsync(), version!.VersionId, entity!.Name, new RowQuery { Filters = view.At, Take = 1 }, CancellationToken.None);
        if (found.RowNumbers.Count == 0)
            throw new NotFoundException($"The {entity.Name} {string.Join(", ", view.At.Select(key => key.Value))}");
        var row = found.RowNumbers[0];
        Navigation.NavigateTo(Href(view.ForEntity(entity.Name) with { From = row / view.Take * view.Take, Row = row }), replace: true);
    }

    private async Task ReadRowsAsync(bool again)
    {
        var wanted = version!.VersionId + (view with { Row = null, Find = null }).ToQueryString();
        if (!again && wanted == shownRows)
        {
            StateHasChanged();
            return;
        }

        if (page is not null && !page.Columns.All(column => entity!.Columns.Contains(column)))
            page = null;
        shownRows = wanted;
        // Counted with a filter's first window only; what was counted of other rows says nothing of these.
        var filter = version.VersionId + new DatasetView { Entity = entity!.Name, Filters = view.Filters, Where = view.Where }.ToQueryString();
        if (counted != filter)
            matching = null;
        (reading, indexing, rowsProblem, filterProblem) = (true, null, null, null);
        await readingRows.CancelAsync();
        readingRows.Dispose();
        readingRows = new CancellationTokenSource();
        var cancellation = readingRows.Token;
        StateHasChanged();
        try
        {
            var actor = await Actors.GetAsync(cancellation);
            var query = view.ToRowQuery();
            var read = await Rows.ReadAsync(actor, version.VersionId, entity.Name, query, cancellation);
            if (cancellation.IsCancellationRequested)
                return;
            Take(read);
            if (read.MissingIndex is { } column)
            {
                (indexColumn, indexing) = (column, 0);
                StateHasChanged();
                await Rows.EnsureIndexAsync(actor, version.VersionId, entity.Name, column, new Progress<double>(done => _ = InvokeAsync(() => ShowIndexing(done))), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (PortalException exception) when (view.IsFiltered && exception.Category != ErrorCategory.Platform && exception is not NotFoundException)
        {
            filterProblem = exception;
        }
        catch (Exception exception)
        {
            rowsProblem = exception;
        }
        finally
        {
            if (!cancellation.IsCancellationRequested)
                (reading, indexing) = (false, null);
        }

        StateHasChanged();

        void Take(RowPage read)
        {
            (page, reading, block) = (read, false, null);
            selected.Clear();
            if (read.Matching is { } found)
                (counted, matching) = (filter, (found, read.MatchingIsExact));
        }

        void ShowIndexing(double done)
        {
            if (indexing is null || cancellation.IsCancellationRequested)
                return;
            indexing = Math.Clamp(done, 0, 1);
            StateHasChanged();
        }
    }

    private string Href(DatasetView to) => PortalUrls.Dataset(Id) + to.ToQueryString();

    private void Go(DatasetView to) => Navigation.NavigateTo(Href(to));

    private void Turn(int direction)
    {
        if (pager?.Turned(direction) is { } to)
            Go(to);
    }

    private DatasetView HitView(RowHit hit) => view.ForEntity(hit.Entity) with { From = hit.RowNumber / view.Take * view.Take, Row = hit.RowNumber, Find = view.Find };

    private void Find()
    {
        var text = findText.Trim();
        Go(view with { Find = text.Length == 0 ? null : text });
    }

    private Task CopyLinkAsync() => Clipboard.CopyAsync(Navigation.ToAbsoluteUri(Href(view with { Row = null })).ToString(), "The link is on the clipboard");

    private async Task CopyAsync(CopyFormat format)
    {
        if (page is null || entity is null)
            return;
        IReadOnlyList<ColumnDescription> columns = page.Columns;
        IReadOnlyList<IReadOnlyList<string?>> rows = page.Cells;
        if (block is { Rows: 1, Columns: 1 } && format == CopyFormat.Spreadsheet && selected.Count == 0)
        {
            await Clipboard.CopyAsync(rows[block.Top][block.Left] ?? "", "The cell is on the clipboard");
            return;
        }

        var what = CopyWhat;
        if (block is { Rows: > 1 } or { Columns: > 1 })
        {
            columns = [.. columns.Skip(block.Left).Take(block.Columns)];
            rows = [.. rows.Skip(block.Top).Take(block.Rows).Select(row => row.Skip(block.Left).Take(block.Columns).ToArray())];
        }
        else if (selected.Count > 0)
        {
            rows = [.. selected.Order().Select(index => rows[index])];
        }

        var table = version!.Document.Entities.FirstOrDefault(definition => definition.Name == entity.Name)?.Table;
        var name = CopyMenu.Formats.First(pair => pair.Format == format).Name;
        await Clipboard.CopyAsync(RowCopy.Write(format, entity.Name, columns, rows, table), $"{what} on the clipboard as {name}");
    }

    private async Task DownloadAsync()
    {
        await Dialogs.OpenAsync<DownloadDialog>($"Download {dataset!.Name}", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(DownloadDialog.Dataset)] = dataset,
            [nameof(DownloadDialog.Version)] = version!,
            [nameof(DownloadDialog.Entity)] = entity!,
            [nameof(DownloadDialog.View)] = view,
        }, new DialogOptions { Width = "min(38rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
    }

    private async Task ConnectAsync()
    {
        var actor = await Actors.GetAsync();
        await Dialogs.OpenAsync<TeamLoginPanel>($"Connect to {dataset!.Name}", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(TeamLoginPanel.Actor)] = actor,
            [nameof(TeamLoginPanel.Schema)] = dataset.LiveSchema,
            [nameof(TeamLoginPanel.Entity)] = (dataset.Current ?? version!).Entities[0].Name,
        }!, new DialogOptions { Width = "min(46rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
    }

    /// <summary>Makes the version that is shown the live one; the undo puts the former back.</summary>
    private async Task PublishAsync()
    {
        var (former, chosen) = (dataset!.Current, version!);
        if (!await PublishDialog.AskAsync(Dialogs, dataset, chosen))
            return;
        PublishDialog.Tell(Toasts, Publisher, Actors, former, chosen);
        await ReloadAsync();
    }

    private async Task GenerateAgainAsync()
    {
        if (await Dialogs.OpenGenerateAsync(version?.SchemaId ?? dataset?.Current?.SchemaId, dataset!.Name) is not null)
            await ReloadAsync();
    }

    private async Task JobFinishedAsync(JobSummary job)
    {
        if (job.State == JobState.Completed)
            Toasts.Success($"{dataset!.Name} is ready", $"{Figures.Number(job.RowsDone)} rows.");
        else if (job.State == JobState.Failed)
            Toasts.Warning($"The new version of {dataset!.Name} failed", job.Error?.Message);
        await ReloadAsync();
    }

    private async Task DeleteAsync()
    {
        if (!await Confirmations.AskAsync($"Delete {dataset!.Name}?", $"All {Figures.Number(Math.Max(versions.Count, 1))} versions of {dataset.Name} and their rows are deleted for everyone in the team. This cannot be undone; the schema stays.", $"Delete {dataset.Name}", dataset.Name))
            return;
        try
        {
            await Datasets.DeleteAsync(await Actors.GetAsync(), Id, CancellationToken.None);
            Toasts.Success($"{dataset.Name} is deleted");
            Navigation.NavigateTo(PortalUrls.Datasets);
        }
        catch (Exception exception)
        {
            Toasts.Error(exception);
        }
    }

    private static string Count(int rows) => rows == 1 ? "1 row" : $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows";

    public void Dispose()
    {
        Feed.Changed -= OnFeed;
        Navigation.LocationChanged -= OnLocation;
        refresher?.Dispose();
        readingRows.Cancel();
        readingRows.Dispose();
    }
}
