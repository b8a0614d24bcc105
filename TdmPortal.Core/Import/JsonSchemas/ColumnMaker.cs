using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>Columns of a table from what members may be: types, and rules as the checks of a database.</summary>
internal sealed class ColumnMaker(ShapeReader reader, SchemaReport report)
{
    private readonly SampleInstance instances = new(reader);

    /// <summary>Enumerations, and domains of what is in lists.</summary>
    public List<DatabaseType> Types { get; } = [];

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <param name="name">The path of the value.</param>
    public (DatabaseColumn Column, IReadOnlyList<DatabaseCheck> Checks) Make(string name, IReadOnlyList<SchemaPart> parts)
    {
        var shape = reader.Read(parts);
        var (column, rules) = shape.Kind switch
        {
            _ when shape.Values is { Count: 0 } => Json(name, parts, shape),
            JsonKinds.Array => List(name, parts, shape),
            JsonKinds.Object or JsonKinds.None => Json(name, parts, shape),
            _ => Scalar(name, shape, Quoted(name)),
        };
        var comment = shape.Title is null || shape.Description is null ? shape.Title ?? shape.Description : $"{shape.Title}: {shape.Description}";
        return (column with { Comment = comment }, [.. rules.Select(rule => new DatabaseCheck($"{LegalNames.ToLegal(name)}_{rule.Kind}", rule.Expression, [name]))]);
    }

    private (DatabaseColumn Column, List<(string Kind, string Expression)> Rules) Scalar(string name, SchemaShape shape, string operand)
    {
        var rules = new List<(string Kind, string Expression)>();
        var column = new DatabaseColumn(name, "") { BaseType = "text" };
        foreach (var not in shape.Not)
        {
            if (shape.Values is { } all && reader.Read([not]).Values is { } some)
                all.RemoveAll(value => some.Exists(other => other.GetRawText() == value.GetRawText()));
        }

        if (shape.Values is { } values && values.Exists(value => SchemaShape.Of(value) != SchemaShape.Of(values[0]) && !(SchemaShape.Of(value) | SchemaShape.Of(values[0])).HasFlag(JsonKinds.Integer | JsonKinds.Number)))
            return (column with { BaseType = "jsonb", Stated = Stated("choice", "its values are of several types", ("values", values)) }, rules);
        switch (shape.Kind)
        {
            case JsonKinds.Boolean:
                column = column with { BaseType = "bool" };
                if (shape.Values is { } some)
                    rules.Add(("values", $"{operand} in ({string.Join(", ", some.Select(value => value.GetRawText()))})"));
                break;
            case JsonKinds.Integer or JsonKinds.Number:
                column = Number(column, shape, operand, rules);
                break;
            default:
                column = Text(column, shape, operand, rules);
                break;
        }

        foreach (var not in shape.Not)
            Not(not, shape, operand, rules);
        return (column, rules);
    }

    private static DatabaseColumn Number(DatabaseColumn column, SchemaShape shape, string operand, List<(string Kind, string Expression)> rules)
    {
        // Digits after the point: as many as bounds, steps and values have, and money's two; more for shares and places on earth.
        decimal?[] named = [shape.Min, shape.Max, shape.Step, .. shape.Values?.Select(value => value.TryGetDecimal(out var number) ? number : (decimal?)null) ?? []];
        var scale = named.Max(number => number is { } one ? (one / 1.0000000000000000000000000000m).Scale : 0);
        if (shape is { Min: { } low, Max: { } high, Step: null })
            scale = (byte)Math.Max((int)scale, high - low <= 2 ? 4 : low >= -180 && high == -low ? 6 : 2);
        column = shape switch
        {
            { Kind: JsonKinds.Integer } => column with { BaseType = shape.Format is "int32" or "uint16" ? "int4" : shape.Format is "int8" or "int16" or "uint8" ? "int2" : "int8" },
            { Format: "float" or "double", Step: null } => column with { BaseType = "float8" },
            _ => column with { BaseType = "numeric", Precision = 18, Scale = shape.Step is null ? Math.Clamp((int)scale, 2, 10) : Math.Min(10, (int)scale) },
        };
        if (shape.Values is { } values)
            rules.Add(("values", $"{operand} in ({string.Join(", ", values.Select(value => value.GetRawText()))})"));
        if (shape.Min is { } min && Math.Abs(min) < long.MaxValue)
            rules.Add(("min", $"{operand} {(shape.MinIsOpen ? ">" : ">=")} {Shown(min)}"));
        if (shape.Max is { } max && Math.Abs(max) < long.MaxValue)
            rules.Add(("max", $"{operand} {(shape.MaxIsOpen ? "<" : "<=")} {Shown(max)}"));
        // One cent more or less is what the scale says.
        if (shape.Step is { } step && (shape.Kind == JsonKinds.Integer ? step != 1 : !IsPowerOfTen(step) || step > 1))
            rules.Add(("multiple", $"{operand} % {Shown(step)} = 0"));
        return column;
    }

    private static bool IsPowerOfTen(decimal step)
    {
        while (step < 1)
            step *= 10;
        return step == 1;
    }

    private DatabaseColumn Text(DatabaseColumn column, SchemaShape shape, string operand, List<(string Kind, string Expression)> rules)
    {
        if (shape.Values is { } values)
        {
            Types.Add(new("", $"{shape.Pointer} values {Types.Count}") { Values = [.. values.Select(value => value.GetString()!)] });
            return column with { BaseType = Types[^1].Name, TypeSchema = "" };
        }

        var known = shape.Format is { } format ? StringFormats.Of(format) : null;
        if (known is not null)
            column = column with { BaseType = known.Type, Stated = known.Generator is { } generator ? Stated(generator, $"its format is {shape.Format}") : null };
        if (column.BaseType == "text" && shape.MaxLength is { } longest and > 0)
            column = column with { BaseType = "varchar", MaxLength = Math.Min(longest, 10_485_760) };
        if (column.BaseType is not ("text" or "varchar"))
        {
            foreach (var pattern in shape.Patterns)
                report.Note($"{shape.Pointer}/pattern", pattern, $"Its format says more: {shape.Format}.");
            return column;
        }

        if (known?.Pattern is { } own)
            rules.Add(("format", $"{operand} ~ {Literal($"^{own}$")}"));
        rules.AddRange(shape.Patterns.Select(pattern => ("pattern", $"{operand} ~ {Literal(JsonPatterns.ToServer(pattern))}")));
        if (shape.MinLength > 0)
            rules.Add(("length", $"length({operand}) >= {Shown(shape.MinLength)}"));
        if (shape.MaxLength == 0)
            rules.Add(("length", $"{operand} = ''"));
        return column;
    }

    private (DatabaseColumn Column, List<(string Kind, string Expression)> Rules) List(string name, IReadOnlyList<SchemaPart> parts, SchemaShape shape)
    {
        var element = shape is { IsTuple: false, Values: null } ? reader.Read(shape.Items) : null;
        if (element is null or { IsImpossible: true } or { Values.Count: 0 } || !JsonKinds.Scalars.HasFlag(element.Kind) || element.Kind == JsonKinds.None)
            return Json(name, parts, shape);
        var (column, rules) = Scalar(name, element, "value");
        if (column.BaseType == "jsonb")
            return Json(name, parts, shape);
        if (rules.Count > 0)
        {
            Types.Add(new("", $"{shape.Pointer} items {Types.Count}") { Base = column with { NotNull = false, Stated = null }, Checks = [.. rules.Select(rule => new DatabaseCheck($"{LegalNames.ToLegal(name)}_{rule.Kind}", rule.Expression, []))] });
            column = column with { BaseType = Types[^1].Name, TypeSchema = "" };
        }

        var operand = Quoted(name);
        var lengths = new List<(string Kind, string Expression)>();
        var most = shape.MaxItems;
        if (shape.ItemsDiffer && shape.MinItems <= 1 && element is not { Format: "uuid" })
            most = Math.Min(most ?? 1, 1);
        else if (shape.ItemsDiffer)
            report.Note($"{shape.Pointer}/uniqueItems", "\"uniqueItems\": true", "Items of a list are drawn by themselves, so two may be the same.");
        if (shape.MinItems > 0)
            lengths.Add(("items", $"cardinality({operand}) >= {Shown(shape.MinItems)}"));
        if (most is { } limit)
            lengths.Add(("items", $"cardinality({operand}) <= {Shown(limit)}"));
        return (column with { Dimensions = 1, NotNull = false }, lengths);
    }

    /// <summary>What has no columns of its own is one of JSON.</summary>
    private (DatabaseColumn Column, List<(string Kind, string Expression)> Rules) Json(string name, IReadOnlyList<SchemaPart> parts, SchemaShape shape)
    {
        var value = instances.Of(parts);
        if (value is null)
            report.Note(shape.Pointer, "", "No value that keeps to it was found; it is an empty object.");
        else if (shape.Kind == JsonKinds.Array || shape.PropertyOrder.Count > 0)
            report.Note(shape.Pointer, shape.Kind == JsonKinds.Array ? "a list" : "an object", "It has no columns of its own, so every row has one and the same value.");
        foreach (var not in shape.Not)
            report.Note(not.Pointer, "not", "Rows are not made to keep to it.");
        return (new(name, "") { BaseType = "jsonb", Stated = value is null ? null : Stated("constant", "it has no columns of its own; this is the smallest value that keeps to its schema", ("value", Element(value))) with { Confidence = 0.45 } }, []);
    }

    private static JsonElement Element(System.Text.Json.Nodes.JsonNode value)
    {
        using var json = JsonDocument.Parse(value.ToJsonString());
        return json.RootElement.Clone();
    }

    private void Not(SchemaPart not, SchemaShape shape, string operand, List<(string Kind, string Expression)> rules)
    {
        var forbidden = reader.Read([not]);
        if (forbidden.Values is { Count: > 0 } values && shape.Values is null && values.TrueForAll(value => SchemaShape.Of(value) is JsonKinds.Integer or JsonKinds.Number or JsonKinds.String))
            rules.AddRange(values.Select(value => ("not", $"{operand} <> {(value.ValueKind == JsonValueKind.String ? Literal(value.GetString()!) : value.GetRawText())}")));
        else if (shape.Kind == JsonKinds.String && forbidden is { Patterns: [var pattern], Values: null })
            rules.Add(("not", $"{operand} !~ {Literal(JsonPatterns.ToServer(pattern))}"));
        else if (shape.Values is null && (forbidden.Kinds & shape.Kinds & ~JsonKinds.Null) != JsonKinds.None || forbidden.Kinds == JsonKinds.All)
            report.Note(not.Pointer, "not", "Rows are not made to keep to it.");
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Shown(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static ProposedGenerator Stated(string generator, string reason, params (string Name, object Value)[] args) => new(generator, Making.ImportRun.Args(args), reason, 0.95);
}
