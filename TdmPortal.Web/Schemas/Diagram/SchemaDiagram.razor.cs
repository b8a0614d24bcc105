using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Diagram;

/// <summary>Entities and relationships drawn; a click opens what was clicked.</summary>
public sealed partial class SchemaDiagram : IAsyncDisposable
{
    private DiagramLayout layout = DiagramLayout.Of(new SchemaDocument { Name = "empty" });
    private SchemaDocument? laid;
    private ElementReference element;
    // A component may be removed while its script is still on the way; nothing of it may run then, its element is gone.
    private readonly CancellationTokenSource gone = new();
    private IJSObjectReference? module;
    private bool wired;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter] public string? Selected { get; set; }
    [Parameter] public ProblemIndex Problems { get; set; } = ProblemIndex.Empty;
    [Parameter] public EventCallback<string> OnEntity { get; set; }
    [Parameter] public EventCallback<string> OnRelationship { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(laid, Document))
            return;
        laid = Document;
        layout = DiagramLayout.Of(Document);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (wired || layout.Boxes.Count == 0)
            return;
        wired = true;
        var removed = gone.Token;
        module = await Js.InvokeAsync<IJSObjectReference>("import", removed, "./js/schema-diagram.js");
        await module.InvokeVoidAsync("panZoom", removed, element);
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private bool IsForeign(string entity, string field) => Document.Relationships.Any(r => r.From.Entity == entity && r.From.Fields.Contains(field));

    private string FieldClass(EntityDefinition entity, string field) =>
        "fld" + (entity.PrimaryKey.Contains(field) ? " key" : "") + (IsForeign(entity.Name, field) ? " foreign" : "");

    private static Task KeyAsync(KeyboardEventArgs key, Func<Task> act) => key.Key is "Enter" or " " ? act() : Task.CompletedTask;

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Rows(EntityDefinition entity) => entity.Rows switch
    {
        null => "by parent",
        >= 1_000_000 => (entity.Rows.Value / 1_000_000.0).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (entity.Rows.Value / 1_000.0).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => entity.Rows.Value.ToString("N0", CultureInfo.InvariantCulture),
    };

    private static string Short(RelationshipDefinition relationship) => relationship.Distribution switch
    {
        { Kind: DistributionKind.PerParent } d => string.Create(CultureInfo.InvariantCulture, $"{d.Min ?? 0}..{d.Max}"),
        { Kind: DistributionKind.Zipf } => "zipf",
        _ => "",
    };

    private static string Describe(RelationshipDefinition relationship) => $"Relationship {relationship.Name}, from {relationship.From.Entity} to {relationship.To.Entity}: {RelationshipText.Sentence(relationship)}";
}
