using System.Text.Json;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>What the arguments and conditions of fields say about other fields, so that a rename takes them along.</summary>
public static class FieldReferences
{
    /// <summary>Renames a field of <paramref name="entity"/> wherever another field of the document speaks of it.</summary>
    public static SchemaDocument RenameField(SchemaDocument document, string entity, string field, string newName)
    {
        string? ParentOf(string relationship) => document.Relationships.FirstOrDefault(r => r.Name == relationship)?.To.Entity;
        string? ChildOf(string relationship) => document.Relationships.FirstOrDefault(r => r.Name == relationship)?.From.Entity;

        return document with
        {
            Entities = [.. document.Entities.Select(on =>
            {
                string Expression(string text) => ExpressionNames.RenameField(text, on.Name, entity, field, newName, ParentOf, ChildOf);
                string Template(string text) => on.Name == entity ? Regex.Replace(text, $@"(?<!\{{)\{{{Regex.Escape(field)}\}}", $"{{{newName}}}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : text;
                var fields = on.Fields.Select(f => Rename(f, Expression, Template, null)).ToList();
                return fields.SequenceEqual(on.Fields) ? on : on with { Fields = fields };
            })],
            Constraints = [.. document.Constraints.Select(c => c with { Check = ExpressionNames.RenameField(c.Check, c.Entity, entity, field, newName, ParentOf, ChildOf) })],
        };
    }

    public static FieldDefinition RenameRelationship(FieldDefinition field, string name, string newName) =>
        Rename(field, text => ExpressionNames.RenameRelationship(text, name, newName), text => text, text => text == name ? newName : text);

    private static FieldDefinition Rename(FieldDefinition field, Func<string, string> expression, Func<string, string> template, Func<string, string>? relationship)
    {
        var result = field;
        if (field.When is { } when && expression(when) is var renamed && renamed != when)
            result = result with { When = renamed };
        if (field.Generator is null || GeneratorCatalogue.Find(field.Generator) is not { } definition)
            return result;

        foreach (var argument in definition.Arguments)
        {
            if (field.Args[argument.Name] is not { ValueKind: JsonValueKind.String } value)
                continue;
            var before = value.GetString()!;
            var after = argument.Kind switch
            {
                ArgumentKind.Expression or ArgumentKind.Field => expression(before),
                ArgumentKind.Template => template(before),
                ArgumentKind.Relationship when relationship is not null => relationship(before),
                _ => before,
            };
            if (after != before)
                result = result with { Args = result.Args.With(argument.Name, JsonSerializer.SerializeToElement(after)) };
        }

        return result;
    }
}
