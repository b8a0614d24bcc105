using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Entities;

/// <summary>All of an entity that is not a field: rows, names, relationships, keys, checks.</summary>
public partial class EntityPanel
{
    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter, EditorRequired] public EntityDefinition Entity { get; set; } = null!;
    [Parameter] public ProblemIndex Problems { get; set; } = ProblemIndex.Empty;
    [Parameter] public bool ReadOnly { get; set; }
    [Parameter] public EventCallback<string> OnRelationship { get; set; }
    [Parameter] public EventCallback<string> OnNotice { get; set; }

    private IReadOnlyList<string> Names => [.. Entity.Fields.Select(f => f.Name)];

    private RelationshipDefinition? RowsDecidedBy =>
        Document.Relationships.FirstOrDefault(r => r.From.Entity == Entity.Name && r.DecidesRows);

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";
    private static string? Optional(ChangeEventArgs change) => Optional(Text(change));
    private static string? Optional(string? text) => text is { Length: > 0 } ? text : null;

    private void Set(string? property, Func<EntityDefinition, EntityDefinition> edit)
    {
        var name = Entity.Name;
        Session.Apply($"Change {name}", d => d.WithEntity(name, edit), key: property is null ? null : $"{name}.{property}");
    }

    private async Task Rename(ChangeEventArgs change)
    {
        var (name, next) = (Entity.Name, SchemaNames.FromText(Text(change), "entity"));
        if (next != name && Document.Entity(next) is not null)
            await OnNotice.InvokeAsync($"There is an entity {next} already.");
        else
            Session.Apply($"Rename {name}", d => d.RenameEntity(name, next), entity: next);
    }

    private async Task SetRows(ChangeEventArgs change)
    {
        if (long.TryParse(Text(change), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rows))
            Set(nameof(Entity.Rows), e => e with { Rows = rows });
        else
            await OnNotice.InvokeAsync("Rows is a whole number.");
    }

    private void SetTable(string? schema, string? name) =>
        Set(null, e => e with { Table = schema is null && name is null ? null : new(schema, name ?? e.Name) });

    private void Duplicate()
    {
        var name = Entity.Name;
        Session.Apply($"Duplicate {name}", d => d.DuplicateEntity(name), entity: SchemaNames.Free(name, Document.Entities.Select(e => e.Name)), select: []);
    }

    private void Delete()
    {
        var name = Entity.Name;
        Session.Apply($"Delete {name}", d => d.RemoveEntity(name));
    }

    private async Task AddRelationship(ChangeEventArgs change)
    {
        if (Optional(change) is not { } parent)
            return;
        var child = Entity.Name;
        var (document, relationship) = Document.ProposeRelationship(child, parent);
        Session.Apply($"Relate {child} to {parent}", _ => document.SetRelationship(null, relationship));
        await OnRelationship.InvokeAsync(relationship.Name);
    }

    private void AddGroup() => Set(null, e => e with { Unique = [.. e.Unique, [e.Fields[0].Name, e.Fields[1].Name]] });

    private void SetGroup(int index, IReadOnlyList<string> chosen) =>
        Set(null, e => e with { Unique = [.. e.Unique.Select((group, i) => i == index ? chosen : group).Where(group => group.Count > 0)] });

    private void AddCheck()
    {
        var number = Entity.Fields.FirstOrDefault(f => f.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double)?.Name ?? (Entity.Fields.Count > 0 ? Entity.Fields[0].Name : null);
        var name = SchemaNames.Free($"{Entity.Name}_check", Document.Constraints.Select(c => c.Name));
        var check = new ConstraintDefinition(name, Entity.Name, number is null ? "" : $"{number} is not null");
        Session.Apply("Add a check", d => d.SetConstraint(name, check));
    }

    private void SetCheck(ConstraintDefinition check, string? text)
    {
        var next = check with { Check = text ?? "" };
        Session.Apply($"Change {check.Name}", d => d.SetConstraint(check.Name, next), key: $"check.{check.Name}");
    }

    private async Task RenameCheck(ConstraintDefinition check, ChangeEventArgs change)
    {
        var name = SchemaNames.FromText(Text(change), "check");
        if (name != check.Name && Document.Constraints.Any(c => c.Name == name))
            await OnNotice.InvokeAsync($"There is a check {name} already.");
        else if (name != check.Name)
            Session.Apply($"Rename {check.Name}", d => d.SetConstraint(check.Name, check with { Name = name }));
    }

    private void RemoveCheck(ConstraintDefinition check) => Session.Apply($"Delete {check.Name}", d => d.SetConstraint(check.Name, null));
}
