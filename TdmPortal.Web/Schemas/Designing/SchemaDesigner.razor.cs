using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Schemas.Entities;
using TdmPortal.Web.Schemas.Fields;
using TdmPortal.Web.Schemas.Preview;

namespace TdmPortal.Web.Schemas.Designing;

/// <summary>
/// The designer's panes around one session: tree, grid or another view of the document, details of the field, preview.
/// Where the document comes from and goes to is the page's business.
/// </summary>
public sealed partial class SchemaDesigner : IAsyncDisposable
{
    private static readonly (DesignerView, string, string)[] Views =
    [
        (DesignerView.Fields, "Fields", "table_rows"), (DesignerView.Entity, "Keys & rules", "rule"), (DesignerView.Diagram, "Diagram", "account_tree"),
        (DesignerView.Json, "JSON", "data_object"), (DesignerView.History, "History", "history"),
    ];

    private static readonly (DesignerPane, string, string)[] Panes =
        [(DesignerPane.Tree, "Entities", "list"), (DesignerPane.Main, "Design", "edit"), (DesignerPane.Preview, "Preview", "table_rows")];

    private SchemaDocument document = new() { Name = "schema" };
    private PreviewState state = PreviewState.Empty;
    private ProblemIndex problems = ProblemIndex.Empty;
    private FieldGrid? grid;
    private (string Field, string Typed)? picking;
    private DesignerPane pane = DesignerPane.Main;
    private bool details;
    private bool showProblems;
    private long window;
    private (string Field, FieldColumn Column)? reveal;
    private ElementReference root;
    // A component may be removed while its script is still on the way; nothing of it may run then, its element is gone.
    private readonly CancellationTokenSource gone = new();
    private IJSObjectReference? module;
    private IJSObjectReference? script;
    private DotNetObjectReference<SchemaDesigner>? self;

    [Inject] private IJSRuntime Js { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public LivePreview Preview { get; set; } = null!;
    [Parameter] public Guid? SchemaId { get; set; }
    [Parameter] public DesignerView View { get; set; }
    [Parameter] public EventCallback<DesignerView> OnView { get; set; }
    [Parameter] public EventCallback OnSave { get; set; }
    /// <summary>Beside the name: version, draft, who else is here.</summary>
    [Parameter] public RenderFragment? Status { get; set; }
    /// <summary>At the right end of the head: save, generate, more.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }
    /// <summary>Below the head: what the author must know now.</summary>
    [Parameter] public RenderFragment? Notice { get; set; }

    private bool ReadOnly => Session.ReadOnly;

    private string ProblemCount => (problems.Errors, problems.Warnings) switch
    {
        (0, 0) => "No problems",
        (0, var warnings) => string.Create(CultureInfo.InvariantCulture, $"{warnings} to note"),
        (1, _) => "1 problem",
        var (errors, _) => string.Create(CultureInfo.InvariantCulture, $"{errors:N0} problems"),
    };

    protected override void OnInitialized()
    {
        document = Session.Document;
        state = Preview.State;
        problems = state.Problems;
        Session.Changed += Follow;
        Preview.Updated += Show;
        Preview.Failed += Complain;
        Request(atOnce: true);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var removed = gone.Token;
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", removed, "./js/schema-designer.js");
            script = await module.InvokeAsync<IJSObjectReference>("designer", removed, root, self);
        }

        if (reveal is { } place && grid is not null)
        {
            reveal = null;
            await grid.RevealAsync(place.Field, place.Column);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
        Session.Changed -= Follow;
        Preview.Updated -= Show;
        Preview.Failed -= Complain;
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("dispose");
                await script.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }

        self?.Dispose();
    }

    [JSInvokable]
    public void Undo() => Session.Undo();

    [JSInvokable]
    public void Redo() => Session.Redo();

    [JSInvokable]
    public Task SaveByKey() => ReadOnly ? Task.CompletedTask : OnSave.InvokeAsync();

    private void Follow(bool changed) => _ = InvokeAsync(() =>
    {
        var entityChanged = state.Entity != Session.Entity?.Name;
        if (entityChanged)
            window = 0;
        document = Session.Document;
        if (changed || entityChanged)
            Request(atOnce: !changed);
        StateHasChanged();
    });

    private void Request(bool atOnce) => Preview.Request(new(document, Session.Entity?.Name, window, Seed: 1), atOnce);

    private void Show(PreviewState next) => _ = InvokeAsync(() =>
    {
        state = next;
        problems = next.Problems;
        StateHasChanged();
    });

    private void Complain(Exception failure) => _ = InvokeAsync(() => Toasts.Error(failure));

    private void ShowWindow(long row)
    {
        window = row;
        Request(atOnce: true);
    }

    private void Say(string text) => Toasts.Warning(text);

    private async Task OpenEntity(string name)
    {
        Session.Open(name);
        pane = DesignerPane.Main;
        if (View is not (DesignerView.Fields or DesignerView.Entity or DesignerView.Diagram))
            await OnView.InvokeAsync(DesignerView.Fields);
    }

    private void OpenFromDiagram(string name) => Session.Open(name);

    private void AddFirst() => Session.Apply("Add entity", d => d.AddEntity("entity"), entity: "entity");

    /// <summary>Goes to the place of a problem: the cell, the relationship, the rule.</summary>
    private async Task GoToAsync(SchemaProblem problem)
    {
        if (problems.All.FirstOrDefault(p => p.Problem == problem) is not { } located)
            return;
        pane = DesignerPane.Main;
        showProblems = false;
        if (located.Field is not null)
        {
            Session.Open(located.Entity!, [located.Field]);
            reveal = (located.Field, located.Column);
            await OnView.InvokeAsync(DesignerView.Fields);
        }
        else if (located.Place.StartsWith("r:", StringComparison.Ordinal))
        {
            await OpenRelationshipAsync(located.Place[2..]);
        }
        else if (located.Entity is not null)
        {
            Session.Open(located.Entity);
            await OnView.InvokeAsync(DesignerView.Entity);
        }
        else
        {
            await OpenSettings();
        }
    }

    private void ShowDetails(string field)
    {
        Session.Select([field]);
        details = true;
        pane = DesignerPane.Main;
        StateHasChanged();
    }

    private async Task CloseDetails()
    {
        details = false;
        if (grid is not null)
            await grid.FocusAsync();
    }

    private Task PickAsync((string Field, string Typed) pick)
    {
        if (!ReadOnly)
            picking = pick;
        return Task.CompletedTask;
    }

    private async Task ClosePickerAsync()
    {
        picking = null;
        if (grid is not null)
            await grid.FocusAsync();
    }

    private async Task ChooseAsync(GeneratorChoice choice)
    {
        var pick = picking!.Value.Field;
        var entity = Session.Entity!.Name;
        var names = Session.SelectedFields.Contains(pick) ? Session.SelectedFields.ToHashSet(StringComparer.Ordinal) : [pick];
        Session.Apply(names.Count == 1 ? $"Generator of {pick}" : $"Generator of {names.Count} fields", d => Freed(d, entity, names).WithFields(entity, names, field =>
        {
            var typed = choice.Definition.Types.Contains(field.Type) ? field : field with { Type = choice.Definition.Types[0], Precision = null, Scale = null, MaxLength = null };
            return typed.UseGenerator(choice.Definition.Name, choice.Args);
        }));
        if (choice.Definition.Arguments.Any(a => a.Required) && choice.Args is null && names.Count == 1)
            details = true;
        await ClosePickerAsync();
    }

    /// <summary>A field that is given a generator is no longer filled by a relationship of its own.</summary>
    private static SchemaDocument Freed(SchemaDocument document, string entity, HashSet<string> names) =>
        document.Relationships.Any(r => r.From.Entity == entity && r.From.Fields.Count == 1 && names.Contains(r.From.Fields[0]))
            ? document with { Relationships = [.. document.Relationships.Where(r => !(r.From.Entity == entity && r.From.Fields.Count == 1 && names.Contains(r.From.Fields[0])))] }
            : document;

    private List<string> Used() =>
        [.. document.Entities.SelectMany(e => e.Fields).Select(f => f.Generator).OfType<string>().GroupBy(g => g, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g => g.Key)];

    private Task OpenRelationshipAsync(string name) => Dialogs.OpenAsync<RelationshipEditor>("Relationship", new Dictionary<string, object?>
    {
        [nameof(RelationshipEditor.Session)] = Session,
        [nameof(RelationshipEditor.Preview)] = Preview,
        [nameof(RelationshipEditor.Name)] = name,
    }!, new DialogOptions { Width = "min(36rem, 96vw)", CloseDialogOnOverlayClick = true });

    private Task OpenSettings() => Dialogs.OpenAsync<DocumentSettings>("Schema", new Dictionary<string, object?>
    {
        [nameof(DocumentSettings.Session)] = Session,
        [nameof(DocumentSettings.Preview)] = Preview,
    }!, new DialogOptions { Width = "min(32rem, 96vw)", CloseDialogOnOverlayClick = true });
}
