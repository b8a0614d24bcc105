using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>
/// The fields of an entity as a spreadsheet. The script moves the cell, edits in place and tells what was meant; what
/// comes of it is decided here and drawn from the document.
/// </summary>
public sealed partial class FieldGrid : IAsyncDisposable
{
    private static readonly string Types = string.Join(' ', Enum.GetValues<FieldType>().Select(FieldText.Type));
    private const long MaxPaste = 4 * 1024 * 1024;

    private ElementReference element;
    // A component may be removed while its script is still on the way; nothing of it may run then, its element is gone.
    private readonly CancellationTokenSource gone = new();
    private IJSObjectReference? module;
    private IJSObjectReference? script;
    private DotNetObjectReference<FieldGrid>? self;
    private (EntityDefinition? Entity, ProblemIndex? Problems, IReadOnlyList<RelationshipDefinition>? Relationships) shown;
    private (int Row, int Column)? moveTo;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public EntityDefinition Entity { get; set; } = null!;
    [Parameter, EditorRequired] public ProblemIndex Problems { get; set; } = ProblemIndex.Empty;
    [Parameter] public bool ReadOnly { get; set; }
    /// <summary>The generator of a field is to be chosen; with what was typed so far.</summary>
    [Parameter] public EventCallback<(string Field, string Typed)> OnPick { get; set; }
    /// <summary>The details of a field are to be shown.</summary>
    [Parameter] public EventCallback<string> OnDetails { get; set; }
    /// <summary>Something is to be said that the grid itself does not show, e.g. why a name was refused.</summary>
    [Parameter] public EventCallback<string> OnNotice { get; set; }

    /// <summary>A key for the row: the name, made unique where an imported document has it twice.</summary>
    private string Key(int at)
    {
        var name = Entity.Fields[at].Name;
        return IndexOf(name) == at ? name : FormattableString.Invariant($"{name}#{at}");
    }

    private string? FilledBy(string field) => Session.Document.Relationships.FirstOrDefault(r => r.From.Entity == Entity.Name && r.From.Fields.Contains(field))?.Name;

    protected override bool ShouldRender()
    {
        var next = (Entity, Problems, Session.Document.Relationships);
        if (ReferenceEquals(shown.Entity, next.Entity) && ReferenceEquals(shown.Problems, next.Problems) && ReferenceEquals(shown.Relationships, next.Relationships))
            return false;
        shown = next;
        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var removed = gone.Token;
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", removed, "./js/field-grid.js");
            script = await module.InvokeAsync<IJSObjectReference>("grid", removed, element, self);
        }

        if (script is null)
            return;
        var rows = Session.SelectedFields.Select(IndexOf).Where(row => row >= 0).ToArray();
        await script.InvokeVoidAsync("rendered", removed, Entity.Name, rows, moveTo?.Row, moveTo?.Column);
        moveTo = null;
    }

    /// <summary>Puts the keyboard back on the grid, after a picker or dialog closed.</summary>
    public async Task FocusAsync()
    {
        if (script is not null)
            await script.InvokeVoidAsync("focus");
    }

    /// <summary>Puts the cell on a field, e.g. on the one that a problem concerns.</summary>
    public async Task RevealAsync(string field, FieldColumn column)
    {
        if (script is not null && IndexOf(field) is var row and >= 0)
            await script.InvokeVoidAsync("reveal", row, (int)column);
    }

    [JSInvokable]
    public void Select(int[] rows) => Session.Select([.. rows.Where(row => row < Entity.Fields.Count).Select(row => Entity.Fields[row].Name)]);

    [JSInvokable]
    public async Task Commit(int row, int column, string text)
    {
        if (row >= Entity.Fields.Count)
        {
            AddField(text);
            return;
        }

        var field = Entity.Fields[row];
        var entity = Entity.Name;
        switch ((FieldColumn)column)
        {
            case FieldColumn.Name when SchemaNames.FromText(text) is var name && name != field.Name:
                if (Entity.Field(name) is not null)
                    await OnNotice.InvokeAsync($"There is a field {name} already.");
                else
                    Session.Apply($"Rename {field.Name}", d => d.RenameField(entity, field.Name, name), select: [name]);
                break;
            case FieldColumn.Type when FieldText.ParseType(text) is { } type:
                Session.Apply($"Type of {field.Name}", d => d.WithField(entity, field.Name, f => f.UseType(entity, type)));
                break;
            case FieldColumn.Nulls when FieldText.TryParseNulls(text, out var percent):
                Session.Apply($"Null share of {field.Name}", d => d.WithField(entity, field.Name, f => f with { NullPercent = percent }));
                break;
            case FieldColumn.Nulls:
                await OnNotice.InvokeAsync($"“{text}” is no share: a number from 0 to 100 is.");
                break;
        }
    }

    [JSInvokable]
    public void Toggle(int row, int column)
    {
        if (row >= Entity.Fields.Count)
            return;
        var field = Entity.Fields[row];
        var entity = Entity.Name;
        if ((FieldColumn)column == FieldColumn.Unique)
            Session.Apply($"{field.Name} unique", d => d.WithField(entity, field.Name, f => f with { Unique = !f.Unique }));
        else
            Session.Apply($"Key of {entity}", d => d.SetKey(entity, [field.Name], !Entity.PrimaryKey.Contains(field.Name)));
    }

    [JSInvokable]
    public Task Open(int row, int column, string typed)
    {
        if (row >= Entity.Fields.Count)
            return Task.CompletedTask;
        var field = Entity.Fields[row].Name;
        return (FieldColumn)column == FieldColumn.Generator ? OnPick.InvokeAsync((field, typed)) : OnDetails.InvokeAsync(field);
    }

    [JSInvokable]
    public void FillDown(int column)
    {
        var names = Session.SelectedFields;
        if (names.Count == 1)
        {
            // As in a spreadsheet: with one cell selected, the one above is copied into it.
            var at = IndexOf(names[0]);
            if (at < 1)
                return;
            names = [Entity.Fields[at - 1].Name, names[0]];
        }

        if (column is > 0 and <= (int)FieldColumn.Key)
            Session.Apply("Fill down", d => d.FillDown(Entity.Name, names, (FieldColumn)column));
    }

    [JSInvokable]
    public void Move(int by) => Session.Apply(by < 0 ? "Move up" : "Move down", d => d.MoveFields(Entity.Name, Session.SelectedFields, by));

    [JSInvokable]
    public void Delete()
    {
        var names = Session.SelectedFields;
        if (names.Count == 0)
            return;
        moveTo = (Math.Min(IndexOf(names[0]), Entity.Fields.Count - names.Count), 0);
        Session.Apply(names.Count == 1 ? $"Delete {names[0]}" : $"Delete {names.Count} fields", d => d.RemoveFields(Entity.Name, names), select: []);
    }

    [JSInvokable]
    public void Duplicate() => Session.Apply("Duplicate", d => d.DuplicateFields(Entity.Name, Session.SelectedFields));

    [JSInvokable]
    public void Insert()
    {
        var at = Session.SelectedFields.Count > 0 ? IndexOf(Session.SelectedFields[0]) : Entity.Fields.Count;
        var name = SchemaNames.Free("new_field", Entity.Fields.Select(f => f.Name));
        moveTo = (at, 0);
        Session.Apply("Insert field", d => d.InsertFields(Entity.Name, at, [FieldEdits.Propose(Entity.Name, name).Field]), select: [name]);
    }

    [JSInvokable]
    public async Task Paste(IJSStreamReference text)
    {
        await using var stream = await text.OpenReadStreamAsync(MaxPaste);
        using var reader = new StreamReader(stream);
        var fields = PastedFields.Read(await reader.ReadToEndAsync(), Entity.Name);
        if (fields.Count == 0)
        {
            await OnNotice.InvokeAsync("Nothing that could be a field was on the clipboard.");
            return;
        }

        var before = Entity.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var at = Session.SelectedFields.Count > 0 ? IndexOf(Session.SelectedFields[^1]) + 1 : Entity.Fields.Count;
        moveTo = (at, 0);
        Session.Apply(fields.Count == 1 ? "Paste a field" : $"Paste {fields.Count} fields", d => d.InsertFields(Entity.Name, at, fields));
        Session.Select([.. Session.Entity!.Fields.Select(f => f.Name).Where(name => !before.Contains(name))]);
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
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

    private void AddField(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        var name = SchemaNames.Free(SchemaNames.FromText(text), Entity.Fields.Select(f => f.Name));
        moveTo = (Entity.Fields.Count + 1, 0);
        Session.Apply($"Add {name}", d => d.InsertFields(Entity.Name, int.MaxValue, [FieldEdits.Propose(Entity.Name, name).Field]), select: [name]);
    }

    private int IndexOf(string field)
    {
        for (var i = 0; i < Entity.Fields.Count; i++)
        {
            if (Entity.Fields[i].Name == field)
                return i;
        }

        return -1;
    }
}
