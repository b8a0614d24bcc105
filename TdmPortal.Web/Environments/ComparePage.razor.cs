using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Environments;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Environments;

/// <summary>Two versions of a dataset beside each other. All that is chosen stands in the address.</summary>
public partial class ComparePage(ActorProvider actors, DatasetStore datasets, VersionComparisons comparisons, NavigationManager navigation, Toasts toasts)
{
    /// <summary>Rows that a quiet machine compares in a second, about.</summary>
    private const double RowsPerSecond = 200_000;

    private DatasetDetail? dataset;
    private IReadOnlyList<DatasetVersionSummary>? versions;
    private DatasetVersionSummary? before;
    private DatasetVersionSummary? after;
    private VersionComparison? comparison;
    private EntityComparison? entity;
    private Exception? problem;
    private bool working;
    /// <summary>The job that was queued in place of one that failed.</summary>
    private Guid? retried;
    private (Guid, int?, int?)? read;

    [Parameter] public Guid Id { get; set; }
    [SupplyParameterFromQuery] private int? Before { get; set; }
    [SupplyParameterFromQuery] private int? After { get; set; }
    [SupplyParameterFromQuery] private string? Entity { get; set; }
    [SupplyParameterFromQuery] private string? Rows { get; set; }
    [SupplyParameterFromQuery] private string? Column { get; set; }
    [SupplyParameterFromQuery] private long? From { get; set; }

    private CompareView View => new(before?.Number, after?.Number, entity?.Name, Enum.TryParse<RowDifference>(Rows, ignoreCase: true, out var kind) ? kind : null, Column, From);

    private string Estimate => before is null || after is null ? "" : Figures.Duration(TimeSpan.FromSeconds(Math.Ceiling(Math.Max(1, (before.Rows + after.Rows) / RowsPerSecond))));

    private RenderFragment Options => builder =>
    {
        foreach (var version in versions!)
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", version.Number.ToString(CultureInfo.InvariantCulture));
            builder.AddContent(2, $"Version {version.Number}{(version.VersionId == dataset!.Current?.VersionId ? " (live)" : "")}, {Figures.Number(version.Rows)} rows");
            builder.CloseElement();
        }
    };

    protected override async Task OnParametersSetAsync()
    {
        if (read != (Id, Before, After))
        {
            (read, retried) = ((Id, Before, After), null);
            await ReadAsync();
        }

        Show();
    }

    private async Task ReadAsync()
    {
        try
        {
            var actor = await actors.GetAsync();
            dataset = await datasets.GetAsync(actor, Id, CancellationToken.None);
            versions = [.. (await datasets.VersionsAsync(actor, Id, CancellationToken.None)).Where(version => version.State == "ready")];
            after = Find(After) ?? (After is null ? versions.Count > 0 ? versions[0] : null : null);
            // By default what is live against the newest; where that is one and the same, the one before it.
            before = Find(Before) ?? (Before is not null ? null : Find(dataset.Current?.Number) is { } live && live.VersionId != after?.VersionId ? live : versions.FirstOrDefault(version => version.Number < after?.Number) ?? versions.FirstOrDefault(version => version.Number != after?.Number));
            comparison = before is null || after is null ? null : await comparisons.FindAsync(actor, before.VersionId, after.VersionId, CancellationToken.None);
            problem = null;
        }
        catch (NotFoundException missing)
        {
            await DispatchExceptionAsync(missing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = exception;
        }

        Show();
    }

    private void Show() => entity = comparison?.Report?.Entities is not { Count: > 0 } entities ? null : entities.FirstOrDefault(one => one.Name == Entity) ?? entities[0];

    private DatasetVersionSummary? Find(int? number) => versions!.FirstOrDefault(version => version.Number == number);

    private async Task StartAsync()
    {
        working = true;
        try
        {
            await comparisons.StartAsync(await actors.GetAsync(), before!.VersionId, after!.VersionId, CancellationToken.None);
        }
        catch (PortalException refused)
        {
            toasts.Error(refused);
        }

        working = false;
        await ReadAsync();
    }

    private string Href(CompareView view) => PortalUrls.DatasetCompare(Id, view);

    private void Choose(ChangeEventArgs choice, bool isBefore)
    {
        if (int.TryParse(choice.Value?.ToString(), CultureInfo.InvariantCulture, out var number))
            navigation.NavigateTo(Href(isBefore ? new(number, after?.Number) : new(before?.Number, number)));
    }

    private void ChooseColumn(string? column) => navigation.NavigateTo(Href(View with { Kind = RowDifference.Changed, Column = string.IsNullOrEmpty(column) ? null : column, From = null }));

    private void Swap() => navigation.NavigateTo(Href(new(after?.Number, before?.Number)));
}
