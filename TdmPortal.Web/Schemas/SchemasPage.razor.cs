using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Schemas;

/// <summary>The team's schemas, and the samples that every team may copy.</summary>
public sealed partial class SchemasPage : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource leaving = new();
    private List<SchemaSummary>? items;
    private string? next;
    private string search = "";
    private SchemaDraft? draft;
    private string draftName = "";
    private ImportProblems? imported;
    private Exception? failure;
    private int asked;

    [Inject] private SchemaStore Schemas { get; set; } = null!;
    [Inject] private NewSchemas Fresh { get; set; } = null!;
    [Inject] private ActorProvider Actors { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "search")] private string? SearchInUrl { get; set; }
    [SupplyParameterFromQuery(Name = "samples")] private bool Samples { get; set; }
    [SupplyParameterFromQuery(Name = "shared")] private bool Shared { get; set; }

    private SchemaShelf Shelf => Samples ? SchemaShelf.Samples : Shared ? SchemaShelf.Shared : SchemaShelf.Own;

    protected override Task OnParametersSetAsync()
    {
        // What is being typed stays as it is typed, a blank at its end included.
        if (search.Trim() != (SearchInUrl ?? ""))
            search = SearchInUrl ?? "";
        return LoadAsync();
    }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    private async Task LoadAsync()
    {
        var mine = ++asked;
        try
        {
            var actor = await Actors.GetAsync(leaving.Token);
            var page = await Schemas.ListAsync(actor, search.Trim() is { Length: > 0 } text ? text : null, Shelf, null, PageSize, leaving.Token);
            if (mine != asked)
                return;
            (items, next, failure) = ([.. page.Items], page.Next, null);
            draft = await Schemas.FindDraftAsync(actor, null, leaving.Token);
            var document = draft is null ? null : SchemaReader.Read(draft.Document).Document;
            draftName = document?.Title ?? document?.Name ?? "";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }

    private async Task MoreAsync()
    {
        try
        {
            var page = await Schemas.ListAsync(await Actors.GetAsync(), search.Trim() is { Length: > 0 } text ? text : null, Shelf, next, PageSize, leaving.Token);
            items!.AddRange(page.Items);
            next = page.Next;
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }

    private void Search(string? text)
    {
        search = text ?? "";
        Navigation.NavigateTo(PortalUrls.SchemasMatching(search.Trim(), Shelf), replace: true);
    }

    private async Task CopyAsync(SchemaSummary item)
    {
        try
        {
            var actor = await Actors.GetAsync();
            var record = await Schemas.GetAsync(actor, item.Id, null, CancellationToken.None);
            Navigation.NavigateTo(PortalUrls.Schema(await Fresh.CopyAsync(actor, record.Document, CancellationToken.None)));
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }

    private async Task DeleteAsync(SchemaSummary item)
    {
        try
        {
            var actor = await Actors.GetAsync();
            await Schemas.DeleteAsync(actor, item.Id, CancellationToken.None);
            items!.Remove(item);
            Toasts.Undo($"{item.Title ?? item.Name} is deleted", async () =>
            {
                await Schemas.UndeleteAsync(actor, item.Id, CancellationToken.None);
                await InvokeAsync(LoadAsync);
                await InvokeAsync(StateHasChanged);
            });
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        imported = null;
        try
        {
            var result = await SchemaFile.ReadAsync(change.File, leaving.Token);
            if (result.Document is null || result.Problems.Any(p => p.Severity == ProblemSeverity.Error))
            {
                imported = new(change.File.Name, result.Problems);
                return;
            }

            var actor = await Actors.GetAsync();
            var replaced = await Fresh.BeginAsync(actor, result.Document, null, CancellationToken.None);
            Navigation.NavigateTo(PortalUrls.SchemaDraft);
            if (replaced is not null)
                Toasts.Undo("Your former unsaved schema was replaced", () => BringBackAsync(replaced));
        }
        catch (Exception exception) when (exception is PortalException or IOException)
        {
            Toasts.Error(exception);
        }
    }

    private async Task BringBackAsync(SchemaDraft former)
    {
        await Schemas.SaveDraftAsync(await Actors.GetAsync(), null, 0, former.Document, CancellationToken.None);
        Navigation.NavigateTo(PortalUrls.SchemaDraft, forceLoad: true);
    }

    private sealed record ImportProblems(string File, IReadOnlyList<SchemaProblem> Problems);
}
