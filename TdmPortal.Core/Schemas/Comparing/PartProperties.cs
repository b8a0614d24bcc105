using System.Globalization;
using System.Text.Json;

namespace TdmPortal.Core.Schemas.Comparing;

/// <summary>The properties of every kind of part but its name and, for a field, its generator and arguments.</summary>
internal static class PartProperties
{
    public static readonly PartProperty<SchemaDocument>[] Document =
    [
        new("name", document => Text(document.Name), (one, other) => one with { Name = other.Name }),
        new("title", document => Text(document.Title), (one, other) => one with { Title = other.Title }),
        new("description", document => Text(document.Description), (one, other) => one with { Description = other.Description }),
        new("locale", document => Text(document.Locale, absent: "en"), (one, other) => one with { Locale = other.Locale }),
    ];

    public static readonly PartProperty<EntityDefinition>[] Entity =
    [
        new("rows", entity => Number(entity.Rows), (one, other) => one with { Rows = other.Rows }),
        new("scale", entity => entity.Scale == false ? "false" : null, (one, other) => one with { Scale = other.Scale }),
        new("table", entity => entity.Table is { } table ? $"{(table.Schema is null ? "" : Text(table.Schema) + ".")}{Text(table.Name)}" : null, (one, other) => one with { Table = other.Table }),
        new("description", entity => Text(entity.Description), (one, other) => one with { Description = other.Description }),
        new("primaryKey", entity => Names(entity.PrimaryKey), (one, other) => one with { PrimaryKey = other.PrimaryKey }),
        new("unique", entity => entity.Unique.Count == 0 ? null : $"[{string.Join(", ", entity.Unique.Select(group => Names(group) ?? "[]"))}]", (one, other) => one with { Unique = other.Unique }),
        new("correlations", entity => entity.Correlations.Count == 0 ? null : $"[{string.Join(", ", entity.Correlations.Select(Correlation))}]", (one, other) => one with { Correlations = other.Correlations }),
    ];

    public static readonly PartProperty<FieldDefinition>[] Field =
    [
        new("type", field => Text(FieldTypeNames.Of(field.Type)), (one, other) => one with { Type = other.Type }),
        new("precision", field => field.Precision is null or 18 ? null : Number(field.Precision), (one, other) => one with { Precision = other.Precision }),
        new("scale", field => field.Scale is null or 2 ? null : Number(field.Scale), (one, other) => one with { Scale = other.Scale }),
        new("maxLength", field => Number(field.MaxLength), (one, other) => one with { MaxLength = other.MaxLength }),
        new("array", field => field.Array is { } array ? $"{{ \"min\": {Number(array.Min)}, \"max\": {Number(array.Max)} }}" : null, (one, other) => one with { Array = other.Array }),
        new("unique", field => field.Unique ? "true" : null, (one, other) => one with { Unique = other.Unique }),
        new("nullPercent", field => Share(field.NullPercent), (one, other) => one with { NullPercent = other.NullPercent }),
        new("when", field => Text(field.When), (one, other) => one with { When = other.When }),
        new("column", field => Text(field.Column), (one, other) => one with { Column = other.Column }),
        new("sqlType", field => Text(field.SqlType), (one, other) => one with { SqlType = other.SqlType }),
        new("personal", field => Text(field.Personal), (one, other) => one with { Personal = other.Personal }),
        new("description", field => Text(field.Description), (one, other) => one with { Description = other.Description }),
    ];

    /// <summary>The generator without its arguments.</summary>
    public static readonly PartProperty<FieldDefinition> Generator =
        new("generator", field => Text(field.Generator), (one, other) => one with { Generator = other.Generator });

    /// <summary>The generator with its arguments: they change together where the generator does.</summary>
    public static readonly PartProperty<FieldDefinition> Filling =
        new("generator", field => field.Generator is null ? null : field.Generator + (field.Args.Count == 0 ? "" : $" {Arguments(field)}"), (one, other) => one with { Generator = other.Generator, Args = other.Args });

    public static readonly PartProperty<RelationshipDefinition>[] Relationship =
    [
        new("from", relationship => End(relationship.From), (one, other) => one with { From = other.From }),
        new("to", relationship => End(relationship.To), (one, other) => one with { To = other.To }),
        new("distribution", Distribution, (one, other) => one with { Distribution = other.Distribution }),
        new("nullPercent", relationship => Share(relationship.NullPercent), (one, other) => one with { NullPercent = other.NullPercent }),
        new("rootPercent", relationship => Share(relationship.RootPercent), (one, other) => one with { RootPercent = other.RootPercent }),
    ];

    public static readonly PartProperty<ConstraintDefinition>[] Constraint =
    [
        new("entity", constraint => Text(constraint.Entity), (one, other) => one with { Entity = other.Entity }),
        new("check", constraint => Text(constraint.Check), (one, other) => one with { Check = other.Check }),
    ];

    /// <summary>One argument of a generator.</summary>
    public static PartProperty<FieldDefinition> Argument(string name) => new(
        name,
        field => field.Args[name] is { } value ? SchemaWriter.Text(value) : null,
        (one, other) => one with { Args = one.Args.With(name, other.Args[name]) });

    private static string Arguments(FieldDefinition field) =>
        $"({string.Join(", ", field.Args.Select(argument => $"{argument.Key}: {SchemaWriter.Text(argument.Value)}"))})";

    private static string? Distribution(RelationshipDefinition relationship) => relationship.Distribution switch
    {
        null or { Kind: DistributionKind.Uniform } => null,
        { Kind: DistributionKind.Zipf } zipf => $"zipf, exponent {Double(zipf.Exponent ?? 1)}",
        { } perParent => $"{Number(perParent.Min ?? 0)} to {Number(perParent.Max ?? 0)} per parent",
    };

    private static string End(RelationshipEnd end) => $"{end.Entity}({string.Join(", ", end.Fields)})";

    private static string Correlation(CorrelationDefinition correlation) => $"{Names(correlation.Fields) ?? "[]"} by [{string.Join(", ", correlation.Matrix.Select(row => $"[{string.Join(", ", row.Select(Double))}]"))}]";

    private static string? Names(IReadOnlyList<string> names) => names.Count == 0 ? null : $"[{string.Join(", ", names.Select(name => Text(name)))}]";

    private static string? Text(string? text, string? absent = null) => text is null || text == absent ? null : JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) is var encoded ? $"\"{encoded}\"" : null;

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Share(double? share) => share is null or 0 ? null : Double(share.Value);

    private static string Double(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
