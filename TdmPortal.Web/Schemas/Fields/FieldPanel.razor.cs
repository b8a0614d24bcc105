using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>All of one field: its generator's form, type, nulls, condition, names in the database.</summary>
public partial class FieldPanel
{
    private GeneratorDefinition? definition;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter, EditorRequired] public EntityDefinition Entity { get; set; } = null!;
    [Parameter, EditorRequired] public FieldDefinition Field { get; set; } = null!;
    [Parameter] public IReadOnlyList<LocatedProblem> Problems { get; set; } = [];
    [Parameter] public bool ReadOnly { get; set; }
    [Parameter] public EventCallback OnPick { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }
    [Parameter] public EventCallback<string> OnRelationship { get; set; }

    private string? Relationship => Document.Relationships.FirstOrDefault(r => r.From.Entity == Entity.Name && r.From.Fields.Contains(Field.Name))?.Name;

    protected override void OnParametersSet() => definition = Field.Generator is null ? null : GeneratorCatalogue.Find(Field.Generator);

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";
    private static string? Optional(ChangeEventArgs change) => Optional(Text(change));
    private static string? Optional(string? text) => text is { Length: > 0 } ? text : null;
    private static int? Whole(ChangeEventArgs change) => int.TryParse(Text(change), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void SetNulls(ChangeEventArgs change)
    {
        if (FieldText.TryParseNulls(Text(change), out var percent))
            Set(nameof(FieldDefinition.NullPercent), f => f with { NullPercent = percent });
    }

    private void SetArgs((string Name, ArgumentValues Args) change) => Set("args." + change.Name, f => f with { Args = change.Args });

    private void Set(string property, Func<FieldDefinition, FieldDefinition> edit)
    {
        var (entity, name) = (Entity.Name, Field.Name);
        Session.Apply($"Change {name}", d => d.WithField(entity, name, edit), key: $"{entity}.{name}.{property}");
    }
}
