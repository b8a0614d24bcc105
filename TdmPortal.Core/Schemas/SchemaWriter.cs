using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>Writes the JSON form of a schema document; what <see cref="SchemaReader"/> read is written back alike.</summary>
public static class SchemaWriter
{
    /// <summary>
    /// UTF-8, indented by two spaces, a line feed at the end; properties that are absent are left out. A field, a
    /// relationship and a constraint take one line each, so that a line-based comparison shows what changed.
    /// </summary>
    public static byte[] Write(SchemaDocument document)
    {
        var text = new JsonText();
        text.Open('{');
        text.Property("name", document.Name);
        text.Optional("title", document.Title);
        text.Optional("description", document.Description);
        text.Optional("locale", document.Locale);
        text.Name("entities");
        WriteList(text, document.Entities, WriteEntity);
        if (document.Relationships.Count > 0)
        {
            text.Name("relationships");
            WriteList(text, document.Relationships, WriteRelationship);
        }

        if (document.Constraints.Count > 0)
        {
            text.Name("constraints");
            WriteList(text, document.Constraints, WriteConstraint);
        }

        text.Close('}');
        return text.ToUtf8();
    }

    /// <summary>The text of one field, as it stands in the document.</summary>
    internal static string Text(FieldDefinition field) => Text(field, WriteField);

    internal static string Text(RelationshipDefinition relationship) => Text(relationship, WriteRelationship);

    internal static string Text(ConstraintDefinition constraint) => Text(constraint, WriteConstraint);

    internal static string Text(EntityDefinition entity) => Text(entity, WriteEntity);

    internal static string Text(JsonElement element) => Text(element, (text, value) => text.Value(value));

    internal static string Text<T>(T part, Action<JsonText, T> write)
    {
        var text = new JsonText();
        write(text, part);
        return text.ToString();
    }

    private static void WriteList<T>(JsonText text, IReadOnlyList<T> items, Action<JsonText, T> write)
    {
        text.Open('[');
        foreach (var item in items)
        {
            text.NextItem();
            write(text, item);
        }

        text.Close(']');
    }

    private static void WriteEntity(JsonText text, EntityDefinition entity)
    {
        text.Open('{');
        text.Property("name", entity.Name);
        text.Optional("rows", entity.Rows);
        text.Optional("scale", entity.Scale);
        if (entity.Table is { } table)
        {
            text.Name("table");
            text.Open('{', inline: true);
            text.Optional("schema", table.Schema);
            text.Property("name", table.Name);
            text.Close('}');
        }

        text.Optional("description", entity.Description);
        text.Name("fields");
        WriteList(text, entity.Fields, WriteField);
        if (entity.PrimaryKey.Count > 0)
            text.Names("primaryKey", entity.PrimaryKey);
        if (entity.Unique.Count > 0)
        {
            text.Name("unique");
            text.Open('[', inline: true);
            foreach (var group in entity.Unique)
            {
                text.NextItem();
                text.Names(group);
            }

            text.Close(']');
        }

        if (entity.Correlations.Count > 0)
        {
            text.Name("correlations");
            WriteList(text, entity.Correlations, WriteCorrelation);
        }

        text.Close('}');
    }

    private static void WriteCorrelation(JsonText text, CorrelationDefinition correlation)
    {
        text.Open('{', inline: true);
        text.Names("fields", correlation.Fields);
        text.Name("matrix");
        text.Value(JsonValue.Of(correlation.Matrix));
        text.Close('}');
    }

    private static void WriteField(JsonText text, FieldDefinition field)
    {
        text.Open('{', inline: true);
        text.Property("name", field.Name);
        text.Property("type", FieldTypeNames.Of(field.Type));
        text.Optional("precision", field.Precision);
        text.Optional("scale", field.Scale);
        text.Optional("maxLength", field.MaxLength);
        if (field.Array is { } array)
        {
            text.Name("array");
            text.Open('{', inline: true);
            text.Optional("min", array.Min);
            text.Optional("max", array.Max);
            text.Close('}');
        }

        text.Optional("generator", field.Generator);
        text.Arguments(field.Args);

        if (field.Unique)
            text.Optional("unique", true);
        text.Optional("nullPercent", field.NullPercent);
        text.Optional("when", field.When);
        text.Optional("column", field.Column);
        text.Optional("sqlType", field.SqlType);
        text.Optional("personal", field.Personal);
        text.Optional("description", field.Description);
        text.Close('}');
    }

    private static void WriteRelationship(JsonText text, RelationshipDefinition relationship)
    {
        text.Open('{', inline: true);
        text.Property("name", relationship.Name);
        WriteEnd(text, "from", relationship.From);
        WriteEnd(text, "to", relationship.To);
        if (relationship.Distribution is { } distribution)
        {
            text.Name("distribution");
            text.Open('{', inline: true);
            text.Property("kind", FieldTypeNames.Of(distribution.Kind));
            text.Optional("exponent", distribution.Exponent);
            text.Optional("min", distribution.Min);
            text.Optional("max", distribution.Max);
            text.Close('}');
        }

        text.Optional("nullPercent", relationship.NullPercent);
        text.Optional("rootPercent", relationship.RootPercent);
        text.Close('}');
    }

    private static void WriteEnd(JsonText text, string name, RelationshipEnd end)
    {
        text.Name(name);
        text.Open('{', inline: true);
        text.Property("entity", end.Entity);
        text.Names("fields", end.Fields);
        text.Close('}');
    }

    private static void WriteConstraint(JsonText text, ConstraintDefinition constraint)
    {
        text.Open('{', inline: true);
        text.Property("name", constraint.Name);
        text.Property("entity", constraint.Entity);
        text.Property("check", constraint.Check);
        text.Close('}');
    }
}
