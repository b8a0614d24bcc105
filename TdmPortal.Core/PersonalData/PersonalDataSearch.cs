using TdmPortal.Core.PersonalData.Searching;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.PersonalData;

/// <summary>
/// Finds columns that hold personal data: by their names in several languages, by their types, and by values — a sample of up to 2,048
/// different ones a column, each looked at as a whole and for what is inside of it. What agrees is surer than each alone; what the schema
/// document says of a field is taken as it is. Evidence holds no value, only the form of some.
/// </summary>
public static class PersonalDataSearch
{
    /// <summary>Rows of an entity that are read at most, unless told otherwise.</summary>
    public const long DefaultRows = 200_000;

    private const int BatchRows = 1024;
    private const int Ranges = 16;

    // What a value of these must look like: where none of many does, the name is wrong.
    private static readonly HashSet<string> Provable = ["email", "iban", "card", "ip", "mac", "vin"];

    /// <summary>By names, types and generators only.</summary>
    /// <returns>Surest first in each entity, entities in the document's order; columns that the document says are not personal are left out.</returns>
    public static IReadOnlyList<PersonalFinding> FindByNames(SchemaDocument document) => Combine(document, []);

    /// <summary>By names and values. Blocks; call it where blocking is fine.</summary>
    /// <param name="mostRows">Rows of an entity that are read at most; spread over it where the source reads ranges.</param>
    /// <param name="progress">Called now and then with the number of rows that came since the last call.</param>
    public static IReadOnlyList<PersonalFinding> Find(RowSource source, SchemaDocument document, long mostRows = DefaultRows, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var values = new Dictionary<(string, string), ColumnValues>();
        foreach (var entity in source.Entities)
        {
            if (document.Entities.FirstOrDefault(defined => defined.Name == entity.Name) is null)
                continue;
            foreach (var sample in Read(source, entity, mostRows, progress, cancellation))
            {
                var looked = new ColumnValues(sample.Column.Name);
                foreach (var value in sample.Values)
                    looked.Add(value);
                cancellation.ThrowIfCancellationRequested();
                values[(entity.Name, sample.Column.Name)] = looked;
            }
        }

        return Combine(document, values);
    }

    private static ColumnSample[] Read(RowSource source, SourceEntity entity, long mostRows, Action<long>? progress, CancellationToken cancellation)
    {
        var columns = Enumerable.Range(0, entity.Columns.Count).Where(place => entity.Columns[place].Type is FieldType.String or FieldType.Json or FieldType.Integer).ToArray();
        ColumnSample[] samples = [.. columns.Select(place => new ColumnSample(entity.Columns[place]))];
        if (columns.Length == 0)
            return samples;
        var ranges = source.ReadsRanges && entity.Rows > mostRows ? Ranges : 1;
        for (var range = 0; range < ranges; range++)
        {
            var first = ranges == 1 ? 0 : entity.Rows!.Value / ranges * range;
            using var reader = source.Open(entity, columns, first, mostRows / ranges, cancellation);
            for (var left = mostRows / ranges; left > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = reader.Read((int)Math.Min(left, BatchRows));
                if (count == 0)
                    break;
                for (var place = 0; place < columns.Length; place++)
                    samples[place].Add(reader.Batch[place], count);
                left -= count;
                progress?.Invoke(count);
            }
        }

        return samples;
    }

    private static List<PersonalFinding> Combine(SchemaDocument document, Dictionary<(string, string), ColumnValues> values)
    {
        var findings = new List<PersonalFinding>();
        foreach (var entity in document.Entities)
        {
            // A city is somebody's only beside what tells of a person: what is sure by itself comes first.
            var isPerson = ColumnNames.IsOfPeople(entity.Name)
                || entity.Fields.Any(field => field.Personal is null && Column(document, entity, field, values, isPerson: false) is { Confidence: >= 0.6 } finding && ColumnNames.TellsOfPerson(finding.Kind))
                || entity.Fields.Any(field => field.Personal is { } kind && kind != PersonalKinds.None && ColumnNames.TellsOfPerson(kind));
            findings.AddRange(entity.Fields.Select(field => Column(document, entity, field, values, isPerson)).OfType<PersonalFinding>().OrderByDescending(finding => finding.Confidence));
        }

        return Follow(document, findings);
    }

    private static PersonalFinding? Column(SchemaDocument document, EntityDefinition entity, FieldDefinition field, Dictionary<(string, string), ColumnValues> values, bool isPerson)
    {
        if (field.Personal == PersonalKinds.None)
            return null;
        var looked = values.GetValueOrDefault((entity.Name, field.Name));
        var byValue = looked?.Find().FirstOrDefault();
        if (field.Personal is { } said && PersonalKinds.Find(said) is not null)
            return new(entity.Name, field.Name, said, 1, byValue is null ? [new("the schema says so", 0, 0, [])] : [new("the schema says so", 0, 0, []), byValue.Evidence]) { Others = byValue?.Others ?? [] };
        if (field.Type == FieldType.Boolean && field.Array is null && ColumnNames.Find(entity, field, isPerson) is not { Kind: "gender" or "union" or "health" or "criminal_record" })
            return null;
        var isReference = document.Relationships.Any(relationship => relationship.From.Entity == entity.Name && relationship.From.Fields.Contains(field.Name));
        var byName = isReference ? null : ColumnNames.Find(entity, field, isPerson);
        if (byName is not null && looked is { Looked: >= 20 })
            byName = Checked(byName, looked);
        if (byValue is not null && isReference && byValue.Kind == "city")
            byValue = null;
        if (byValue is { Kind: "city" } && isPerson)
            byValue = byValue with { Confidence = Math.Min(0.95, byValue.Confidence + 0.3) };
        return (byName, byValue) switch
        {
            (null, null) => null,
            ({ } name, null) => new(entity.Name, field.Name, name.Kind, name.Weight, [new(name.Why, 0, looked?.Looked ?? 0, [])]),
            (null, { } value) => new(entity.Name, field.Name, value.Kind, value.Confidence, [value.Evidence]) { Others = value.Others },
            ({ } name, { } value) => Both(entity, field, name, value),
        };
    }

    /// <summary>A name that the values do not bear out counts less.</summary>
    private static NameEvidence Checked(NameEvidence name, ColumnValues looked) => name.Kind switch
    {
        _ when Provable.Contains(name.Kind) && looked.Rate(name.Kind) < 0.02 => name with { Weight = name.Weight * 0.5 },
        "first_name" or "last_name" or "full_name" or "city" or "street" when looked.Numbers > 0.8 => name with { Weight = name.Weight * 0.3 },
        _ => name,
    };

    private static PersonalFinding Both(EntityDefinition entity, FieldDefinition field, NameEvidence name, ValueEvidence value)
    {
        var byName = new PersonalEvidence(name.Why, 0, 0, []);
        if (name.Kind == value.Kind)
            return new(entity.Name, field.Name, name.Kind, 1 - ((1 - name.Weight) * (1 - value.Confidence)), [value.Evidence, byName]) { Others = value.Others };

        // Of two kinds that are near each other the name tells which; else what is surer wins.
        var (one, other) = (PersonalKinds.Find(name.Kind)!, PersonalKinds.Find(value.Kind)!);
        var isNear = one.Category == other.Category || (one.Category is PersonalCategory.Contact or PersonalCategory.Demographic && value.Kind is "city" or "full_name" or "last_name" or "first_name") || value.Kind == "free_text";
        if (isNear && name.Weight >= 0.5)
            return new(entity.Name, field.Name, name.Kind, Math.Max(name.Weight, value.Confidence), [byName, value.Evidence]) { Others = value.Others };
        return value.Confidence >= name.Weight
            ? new(entity.Name, field.Name, value.Kind, value.Confidence, [value.Evidence, byName]) { Others = value.Others }
            : new(entity.Name, field.Name, name.Kind, name.Weight, [byName, value.Evidence]) { Others = value.Others };
    }

    /// <summary>A column that refers to a personal one holds the same.</summary>
    private static List<PersonalFinding> Follow(SchemaDocument document, List<PersonalFinding> findings)
    {
        for (var added = true; added;)
        {
            added = false;
            foreach (var relationship in document.Relationships)
            {
                for (var place = 0; place < Math.Min(relationship.From.Fields.Count, relationship.To.Fields.Count); place++)
                {
                    var (entity, field) = (relationship.From.Entity, relationship.From.Fields[place]);
                    var parent = findings.Find(finding => finding.Entity == relationship.To.Entity && finding.Field == relationship.To.Fields[place]);
                    var defined = document.Entities.FirstOrDefault(one => one.Name == entity)?.Fields.FirstOrDefault(one => one.Name == field);
                    if (parent is not { Confidence: >= PersonalFinding.Counts } || defined is null || defined.Personal is not null || findings.Exists(finding => finding.Entity == entity && finding.Field == field && finding.Confidence >= parent.Confidence))
                        continue;
                    findings.RemoveAll(finding => finding.Entity == entity && finding.Field == field);
                    findings.Add(parent with { Entity = entity, Field = field, Evidence = [new($"it refers to {parent.Entity}.{parent.Field}", 0, 0, [])] });
                    added = true;
                }
            }
        }

        var order = document.Entities.Select((entity, place) => (entity.Name, place)).ToDictionary(entry => entry.Name, entry => entry.place, StringComparer.Ordinal);
        return [.. findings.OrderBy(finding => order[finding.Entity]).ThenByDescending(finding => finding.Confidence)];
    }
}
