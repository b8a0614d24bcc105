using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Coverage;

/// <summary>What tests want to see of an entity, from its schema: the ranges of its generators and rules, its lists, its optional fields.</summary>
internal sealed class EntityCases
{
    /// <summary>Listed columns that are paired with each other, the first ones.</summary>
    private const int MostPaired = 8;
    /// <summary>Combinations of a pair.</summary>
    private const int MostCombinations = 400;

    private readonly SourceEntity source;
    private readonly long asOf;

    public EntityCases(SchemaDocument document, EntityDefinition entity, SourceEntity source, QualityRules rules, DateTimeOffset now)
    {
        (this.source, Name) = (source, entity.Name);
        asOf = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var own = rules.Rules.Where(rule => rule.Entity == entity.Name && rule.Columns.Count == 1 && rule.Where is null).ToLookup(rule => rule.Columns[0]);
        foreach (var (place, column) in source.Columns.Index())
        {
            if (entity.Fields.FirstOrDefault(field => field.Name == column.Name) is not { Array: null } field)
                continue;
            if (Listed(place, column, field, own[field.Name]) is { } listed)
                Enums.Add(listed);
            else
                Boundaries.AddRange(Bounds(place, column, field, own[field.Name]));
        }

        Pairs = [.. Enums.Take(MostPaired).SelectMany((_, one) => Enumerable.Range(one + 1, Math.Min(MostPaired, Enums.Count) - one - 1).Select(other => (One: one, Other: other))).Where(pair => Enums[pair.One].Values.Count * Enums[pair.Other].Values.Count <= MostCombinations)];
        Optional = [.. entity.Fields.Where(field => field.NullPercent > 0 || field.When is not null || document.Relationships.Any(relationship => relationship.From.Entity == entity.Name && relationship.NullPercent > 0 && relationship.From.Fields.Contains(field.Name))).Select(field => field.Name)];
        Texts = [.. entity.Fields.Where(field => field is { Type: FieldType.String, Array: null, Unique: false } && !entity.PrimaryKey.Contains(field.Name) && Enums.TrueForAll(listed => listed.Name != field.Name)
            && document.Relationships.All(relationship => relationship.From.Entity != entity.Name || !relationship.From.Fields.Contains(field.Name))).Select(field => field.Name)];
        States = StatesOf(document);
    }

    public string Name { get; }

    public List<EnumColumn> Enums { get; } = [];

    public List<BoundaryCase> Boundaries { get; } = [];

    /// <summary>Places in <see cref="Enums"/>.</summary>
    public IReadOnlyList<(int One, int Other)> Pairs { get; }

    /// <summary>Fields that may be null.</summary>
    public IReadOnlyList<string> Optional { get; }

    /// <summary>Fields of free text.</summary>
    public IReadOnlyList<string> Texts { get; }

    public StateColumn? States { get; }

    /// <summary>Places of the columns that have to be looked at.</summary>
    public IReadOnlyList<int> Columns => [.. Enums.Select(listed => listed.Place).Concat(Boundaries.Select(boundary => boundary.Place)).Concat(States is null ? [] : [.. States.Parent, States.Time]).Distinct()];

    private static EnumColumn? Listed(int place, ColumnDescription column, FieldDefinition field, IEnumerable<QualityRule> rules)
    {
        if (field.Type == FieldType.Boolean)
            return Listed(place, column, ["true", "false"]);
        var values = field.Generator == "choice" ? field.Args["values"] : rules.FirstOrDefault(rule => rule.Check == "in_set")?.Args["values"];
        return values is null ? null : Listed(place, column, values.Value.ValueKind switch
        {
            JsonValueKind.Array => [.. values.Value.EnumerateArray().Select(Literals.Text)],
            JsonValueKind.Object => [.. values.Value.EnumerateObject().Select(one => one.Name)],
            _ => [],
        });
    }

    private static EnumColumn? Listed(int place, ColumnDescription column, IReadOnlyList<string> values)
    {
        values = [.. values.Distinct(StringComparer.Ordinal)];
        if (values.Count is 0 or > EnumColumn.Most || Literals.ToColumn([.. values], column.Type, column.Precision, column.Scale, 0, out _) is not { } read)
            return null;
        using (read)
            return new(place, column.Name, values, Enumerable.Range(0, values.Count).GroupBy(row => ValueHash.Of(read, row)).ToDictionary(group => group.Key, group => group.First()));
    }

    private IEnumerable<BoundaryCase> Bounds(int place, ColumnDescription column, FieldDefinition field, IEnumerable<QualityRule> rules)
    {
        if (column.Type == FieldType.String)
            return column.MaxLength is > 1 and { } longest ? [new(place, "text of 1 character", 1, 1), new(place, FormattableString.Invariant($"longest text ({longest} characters)"), longest, longest)] : [];
        if (!NumberUnit.Is(column))
            return [];
        var between = rules.FirstOrDefault(rule => rule.Check == "between");
        var isTime = column.Type is FieldType.Date or FieldType.Time or FieldType.Timestamp;
        var (low, high) = isTime ? (field.Args["from"], field.Args["to"]) : (field.Args["min"], field.Args["max"]);
        using var least = Read(low ?? between?.Args["min"], column);
        using var greatest = Read(high ?? between?.Args["max"], column);
        return (least, greatest) switch
        {
            (LongColumn or null, LongColumn or null) => Whole(place, column, (least as LongColumn)?.Values[0], (greatest as LongColumn)?.Values[0]),
            (DoubleColumn or null, DoubleColumn or null) => Real(place, column, (least as DoubleColumn)?.Values[0], (greatest as DoubleColumn)?.Values[0]),
            _ => [],
        };
    }

    private Column? Read(JsonElement? value, ColumnDescription column) => value is { ValueKind: JsonValueKind.String or JsonValueKind.Number } given ? Literals.ToColumn([Literals.Text(given)], column.Type, column.Precision, column.Scale, asOf, out _) : null;

    /// <summary>The ends, what lies next to them within, and zero between them; of timestamps the first and the last day.</summary>
    private static List<BoundaryCase> Whole(int place, ColumnDescription column, long? least, long? greatest)
    {
        var cases = new List<BoundaryCase>();
        if (column.Type == FieldType.Timestamp)
        {
            if (least is { } begin)
                cases.Add(new(place, "first day: " + NumberUnit.Text(begin, column)[..10], begin, begin - Modulo(begin) + TimeText.Day - 1));
            if (greatest is { } end)
                cases.Add(new(place, "last day: " + NumberUnit.Text(end, column)[..10], end - Modulo(end), end));
            return cases;
        }

        void Add(string name, long value) => cases.Add(new(place, $"{name}: {NumberUnit.Text(value, column)}", value, value));
        var isDate = column.Type == FieldType.Date;
        if (least is { } low)
            Add(isDate ? "first" : "least", low);
        if (greatest is { } high && high != least)
            Add(isDate ? "last" : "greatest", high);
        if (column.Type is FieldType.Integer && least is { } from && greatest is { } to && to - 1 > from + 1)
        {
            Add("one above the least", from + 1);
            Add("one below the greatest", to - 1);
        }

        if (column.Type is FieldType.Integer or FieldType.Decimal && least < 0 && !(greatest <= 0))
            Add("zero", 0);
        return cases;
    }

    private static List<BoundaryCase> Real(int place, ColumnDescription column, double? least, double? greatest)
    {
        var cases = new List<BoundaryCase>();
        void Add(string name, double value) => cases.Add(new(place, $"{name}: {NumberUnit.Exact(value, column)}", 0, 0, value));
        if (least is { } low)
            Add("least", low);
        if (greatest is { } high && high != least)
            Add("greatest", high);
        if (least < 0 && !(greatest <= 0))
            Add("zero", 0);
        return cases;
    }

    private static long Modulo(long micros) => ((micros % TimeText.Day) + TimeText.Day) % TimeText.Day;

    private StateColumn? StatesOf(SchemaDocument document)
    {
        var states = Enums.FindIndex(listed => listed.Values.Count is > 1 and <= StateColumn.Most && StateColumn.IsName(listed.Name));
        var time = source.Columns.Index().FirstOrDefault(column => !column.Item.IsArray && column.Item.Type is FieldType.Timestamp or FieldType.Date, (-1, null!)).Index;
        var parent = document.Relationships.FirstOrDefault(relationship => relationship.From.Entity == Name && relationship.To.Entity != Name)?.From.Fields.Select(field => source.Columns.Index().FirstOrDefault(column => column.Item.Name == field, (-1, null!)).Index).ToList();
        return states < 0 || time < 0 || parent is null || parent.Contains(-1) ? null : new(states, parent, time);
    }
}
