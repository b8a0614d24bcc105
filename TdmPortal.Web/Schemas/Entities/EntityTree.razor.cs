using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Entities;

/// <summary>The entities of the document, in its order.</summary>
public partial class EntityTree
{
    private (SchemaDocument?, ProblemIndex?, string?) shown;
    private string filter = "";

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter] public ProblemIndex Problems { get; set; } = ProblemIndex.Empty;
    [Parameter] public string? Selected { get; set; }
    [Parameter] public bool ReadOnly { get; set; }
    [Parameter] public EventCallback<string> OnOpen { get; set; }

    protected override bool ShouldRender()
    {
        var next = (Document, Problems, Selected);
        var changed = shown != next;
        shown = next;
        return changed;
    }

    private void Filter(string? text)
    {
        filter = text?.Trim() ?? "";
        shown = default;
    }

    private void Add()
    {
        var name = SchemaNames.Free("entity", Document.Entities.Select(e => e.Name));
        Session.Apply("Add entity", d => d.AddEntity(name), select: [], entity: name);
    }

    private Task KeyAsync(KeyboardEventArgs key, string name)
    {
        switch (key)
        {
            case { AltKey: true, Key: "ArrowUp" }:
                Session.Apply("Move entity", d => d.MoveEntity(name, -1));
                break;
            case { AltKey: true, Key: "ArrowDown" }:
                Session.Apply("Move entity", d => d.MoveEntity(name, 1));
                break;
            case { Key: "Delete" } when !ReadOnly:
                Session.Apply($"Delete {name}", d => d.RemoveEntity(name));
                break;
        }

        return Task.CompletedTask;
    }

    private static string Rows(EntityDefinition entity) => entity.Rows?.ToString("N0", CultureInfo.InvariantCulture) ?? "by parent";
}
