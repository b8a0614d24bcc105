using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>Turns the objects of a schema file into definitions, as far as they can be read.</summary>
internal static class DocumentParts
{
    public static readonly string[] DocumentProperties = ["name", "title", "description", "locale", "entities", "relationships", "constraints"];
    public static readonly string[] EntityProperties = ["name", "rows", "scale", "table", "description", "fields", "primaryKey", "unique", "correlations"];
    public static readonly string[] FieldProperties =
        ["name", "type", "precision", "scale", "maxLength", "array", "generator", "args", "unique", "nullPercent", "when", "column", "sqlType", "personal", "description"];
    public static readonly string[] RelationshipProperties = ["name", "from", "to", "distribution", "nullPercent", "rootPercent"];
    public static readonly string[] CorrelationProperties = ["fields", "matrix"];
    public static readonly string[] EndProperties = ["entity", "fields"];
    public static readonly string[] DistributionProperties = ["kind", "exponent", "min", "max"];
    public static readonly string[] ConstraintProperties = ["name", "entity", "check"];
    public static readonly string[] TableProperties = ["schema", "name"];
    public static readonly string[] ArrayProperties = ["min", "max"];

    public static SchemaDocument Document(JsonElement root, ProblemList problems)
    {
        var part = new JsonPart(root, "", "a schema document", DocumentProperties, problems);
        if (!part.TryGet("entities", out _))
            problems.Error("entities", "schema.missing_property", "A schema document needs \"entities\".", "Add \"entities\"");
        return new()
        {
            Name = part.RequiredText("name", "A schema document"),
            Title = part.Text("title"),
            Description = part.Text("description"),
            Locale = part.Text("locale"),
            Entities = List(part, "entities", "an entity", EntityProperties, Entity, problems),
            Relationships = List(part, "relationships", "a relationship", RelationshipProperties, Relationship, problems),
            Constraints = List(part, "constraints", "a constraint", ConstraintProperties, Constraint, problems),
        };
    }

    private static IReadOnlyList<T> List<T>(JsonPart owner, string name, string what, string[] known, Func<JsonPart, ProblemList, T> read, ProblemList problems)
    {
        var list = new List<T>();
        var index = 0;
        foreach (var item in owner.Items(name, "objects"))
        {
            var path = $"{owner.At(name)}[{index++}]";
            // Something else than an object keeps its place as an empty one, so that later paths still count right.
            if (item.ValueKind != JsonValueKind.Object)
                JsonPart.Wrong(path, $"{what}: an object in braces", item, problems);
            list.Add(read(item.ValueKind == JsonValueKind.Object ? new(item, path, what, known, problems) : new(Nothing, path, what, known, new()), problems));
        }

        return list;
    }

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    private static EntityDefinition Entity(JsonPart part, ProblemList problems)
    {
        var table = part.Part("table", "a table's name", TableProperties);
        var unique = new List<IReadOnlyList<string>>();
        foreach (var group in part.Items("unique", "lists of field names"))
            unique.Add(JsonPart.Names(group, $"{part.At("unique")}[{unique.Count}]", problems));
        return new()
        {
            Name = part.RequiredText("name", "An entity"),
            Rows = part.Whole("rows"),
            Scale = part.Flag("scale"),
            Table = table is { } name ? new(name.Text("schema"), name.RequiredText("name", "A table's name")) : null,
            Description = part.Text("description"),
            Fields = List(part, "fields", "a field", FieldProperties, Field, problems),
            PrimaryKey = part.Names("primaryKey"),
            Unique = unique,
            Correlations = List(part, "correlations", "a correlation", CorrelationProperties, Correlation, problems),
        };
    }

    private static CorrelationDefinition Correlation(JsonPart part, ProblemList problems)
    {
        var matrix = new List<IReadOnlyList<double>>();
        foreach (var row in part.Items("matrix", "lists of numbers"))
        {
            var path = $"{part.At("matrix")}[{matrix.Count}]";
            var isList = row.ValueKind == JsonValueKind.Array && row.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number);
            if (!isList)
                JsonPart.Wrong(path, "a list of numbers", row, problems);
            matrix.Add(isList ? [.. row.EnumerateArray().Select(item => item.GetDouble())] : []);
        }

        return new(part.Names("fields"), matrix);
    }

    private static FieldDefinition Field(JsonPart part, ProblemList problems)
    {
        var name = part.RequiredText("name", "A field");
        var typeName = part.RequiredText("type", "A field");
        if (!FieldTypeNames.TryParse(typeName, out var type))
        {
            type = FieldType.String;
            if (typeName.Length > 0)
            {
                var nearest = NearestName.Find(typeName, FieldTypeNames.All);
                problems.Error(part.At("type"), "schema.unknown_type", $"\"{typeName}\" is no type. Known are: {string.Join(", ", FieldTypeNames.All)}.",
                    nearest is null ? "Choose one of them" : $"Write \"{nearest}\"");
            }
        }

        ArrayBounds? array = null;
        if (part.Part("array", "an array's bounds", ArrayProperties) is { } bounds)
        {
            array = new(bounds.SmallWhole("min") ?? 0, bounds.SmallWhole("max") ?? 0);
            if (!bounds.TryGet("max", out _))
                problems.Error(bounds.At("max"), "schema.missing_property", "An array's bounds need \"max\".", "Add \"max\"");
        }

        return new()
        {
            Name = name,
            Type = type,
            Precision = part.SmallWhole("precision"),
            Scale = part.SmallWhole("scale"),
            MaxLength = part.SmallWhole("maxLength"),
            Array = array,
            Generator = part.Text("generator"),
            Args = Arguments(part, problems),
            NullPercent = part.Number("nullPercent"),
            When = part.Text("when"),
            Unique = part.Flag("unique") ?? false,
            Column = part.Text("column"),
            SqlType = part.Text("sqlType"),
            Personal = part.Text("personal"),
            Description = part.Text("description"),
        };
    }

    private static ArgumentValues Arguments(JsonPart part, ProblemList problems)
    {
        if (!part.TryGet("args", out var args))
            return ArgumentValues.Empty;
        if (args.ValueKind != JsonValueKind.Object)
        {
            part.Wrong("args", "an object in braces", args);
            return ArgumentValues.Empty;
        }

        var values = new List<KeyValuePair<string, JsonElement>>();
        foreach (var property in args.EnumerateObject())
        {
            if (values.Exists(value => value.Key == property.Name))
                problems.Error($"{part.At("args")}.{property.Name}", "schema.duplicate_property", $"\"{property.Name}\" stands twice in the arguments; only one can hold.", "Remove one of them");
            else
                values.Add(new(property.Name, property.Value.Clone()));
        }

        return values.Count == 0 ? ArgumentValues.Empty : new(values);
    }

    private static RelationshipDefinition Relationship(JsonPart part, ProblemList problems) => new()
    {
        Name = part.RequiredText("name", "A relationship"),
        From = End(part, "from", problems),
        To = End(part, "to", problems),
        Distribution = Distribution(part, problems),
        NullPercent = part.Number("nullPercent"),
        RootPercent = part.Number("rootPercent"),
    };

    private static RelationshipEnd End(JsonPart part, string name, ProblemList problems)
    {
        if (!part.TryGet(name, out _))
            problems.Error(part.At(name), "schema.missing_property", $"A relationship needs \"{name}\".", $"Add \"{name}\" with an entity and its fields");
        if (part.Part(name, "a relationship's end", EndProperties) is not { } end)
            return new("", []);
        if (!end.TryGet("fields", out _))
            problems.Error(end.At("fields"), "schema.missing_property", "A relationship's end needs \"fields\".", "Add \"fields\"");
        return new(end.RequiredText("entity", "A relationship's end"), end.Names("fields"));
    }

    private static DistributionDefinition? Distribution(JsonPart part, ProblemList problems)
    {
        if (part.Part("distribution", "a distribution", DistributionProperties) is not { } distribution)
            return null;
        var name = distribution.RequiredText("kind", "A distribution");
        DistributionKind? kind = name switch
        {
            "uniform" => DistributionKind.Uniform,
            "zipf" => DistributionKind.Zipf,
            "perParent" => DistributionKind.PerParent,
            _ => null,
        };
        if (kind is null && name.Length > 0)
            problems.Error(distribution.At("kind"), "schema.unknown_distribution", $"\"{name}\" is no distribution. Known are: uniform, zipf, perParent.", "Choose one of them");
        return new(kind ?? DistributionKind.Uniform, distribution.Number("exponent"), distribution.SmallWhole("min"), distribution.SmallWhole("max"));
    }

    private static ConstraintDefinition Constraint(JsonPart part, ProblemList problems) =>
        new(part.RequiredText("name", "A constraint"), part.RequiredText("entity", "A constraint"), part.RequiredText("check", "A constraint"));
}
