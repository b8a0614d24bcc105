using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Schemas;

/// <summary>Five ways to begin a schema, each one step from the designer.</summary>
public sealed partial class NewSchemaPage : IDisposable
{
    private const long MaxPaste = 8 * 1024 * 1024;
    private const string RowsExample = "customer_no\temail\tcountry\tsigned_up\n1001\tada@example.org\tGB\t2024-03-01\n1002\tlinus@example.org\tFI\t2024-03-04";
    private const string SqlExample = "CREATE TABLE customer (\n  id bigint PRIMARY KEY,\n  email varchar(120) NOT NULL UNIQUE\n);";

    private readonly CancellationTokenSource leaving = new();
    private ElementReference rows;
    private ElementReference sql;
    private string entityName = "customer";
    private string schemaName = "shop";
    private string blankName = "my_schema";
    private IReadOnlyList<SchemaSummary>? samples;
    private IReadOnlyList<SchemaProblem> problems = [];
    private string problemTitle = "";
    private Exception? failure;
    private bool busy;

    [Inject] private SchemaStore Schemas { get; set; } = null!;
    [Inject] private NewSchemas Fresh { get; set; } = null!;
    [Inject] private ActorProvider Actors { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    private async Task LoadAsync()
    {
        try
        {
            failure = null;
            samples = (await Schemas.ListAsync(await Actors.GetAsync(leaving.Token), null, SchemaShelf.Samples, null, 50, leaving.Token)).Items;
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

    private Task FromRowsAsync() => BeginAsync(async () =>
        await ProposedAsync(SchemaProposal.FromRows(await TextOfAsync(rows), SchemaNames.FromText(entityName, "entity")), "No rows could be read"));

    private Task FromSqlAsync() => BeginAsync(async () =>
        await ProposedAsync(SchemaProposal.FromCreateTable(await TextOfAsync(sql), SchemaNames.FromText(schemaName, "schema")), "No table could be read"));

    private Task BlankAsync() => BeginAsync(async () =>
        (await LocalisedAsync(new SchemaDocument { Name = SchemaNames.FromText(blankName, "schema") }.AddEntity("entity")), null));

    private Task FromSampleAsync(Guid id) => BeginAsync(async () =>
        ((await Schemas.GetAsync(await Actors.GetAsync(), id, null, leaving.Token)).Document, null));

    private Task FromFileAsync(InputFileChangeEventArgs change) => BeginAsync(async () =>
    {
        var result = await SchemaFile.ReadAsync(change.File, leaving.Token);
        var refused = result.Document is null || result.Problems.Any(p => p.Severity == ProblemSeverity.Error);
        if (refused)
            (problems, problemTitle) = (result.Problems, $"{change.File.Name} was not opened");
        return (refused ? null : result.Document, null);
    });

    /// <summary>With the locale that the team set for new schemas; en is every document's own default.</summary>
    private async Task<SchemaDocument> LocalisedAsync(SchemaDocument document) =>
        (await Actors.GetSessionAsync(leaving.Token)).Team is { DefaultLocale: not "en" and var locale } && document.Locale is null ? document with { Locale = locale } : document;

    private async Task<(SchemaDocument? Document, IReadOnlyDictionary<string, ProposedGenerator>? Reasons)> ProposedAsync(ProposedSchema proposed, string nothing)
    {
        if (proposed.Document is null)
            (problems, problemTitle) = (proposed.Problems, nothing);
        else if (proposed.Problems.Count > 0)
            Toasts.Warning($"{proposed.Problems.Count} things were not understood", string.Join(" ", proposed.Problems.Take(3)));
        return (proposed.Document is null ? null : await LocalisedAsync(proposed.Document), proposed.Reasons);
    }

    private async Task BeginAsync(Func<Task<(SchemaDocument? Document, IReadOnlyDictionary<string, ProposedGenerator>? Reasons)>> make)
    {
        busy = true;
        problems = [];
        try
        {
            var (document, reasons) = await make();
            if (document is null)
                return;
            var replaced = await Fresh.BeginAsync(await Actors.GetAsync(), document, reasons, CancellationToken.None);
            Navigation.NavigateTo(PortalUrls.SchemaDraft);
            if (replaced is not null)
            {
                Toasts.Undo("Your former unsaved schema was replaced", async () =>
                {
                    await Schemas.SaveDraftAsync(await Actors.GetAsync(), null, 0, replaced.Document, CancellationToken.None);
                    Navigation.NavigateTo(PortalUrls.SchemaDraft, forceLoad: true);
                });
            }
        }
        catch (Exception exception) when (exception is PortalException or IOException)
        {
            Toasts.Error(exception);
        }
        finally
        {
            busy = false;
        }
    }

    /// <summary>Pasted text may be longer than a message of the circuit: it comes as a stream.</summary>
    private async Task<string> TextOfAsync(ElementReference area)
    {
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/schema-designer.js");
        var reference = await module.InvokeAsync<IJSStreamReference>("readText", area);
        await using var stream = await reference.OpenReadStreamAsync(MaxPaste);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
