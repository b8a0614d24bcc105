namespace TdmPortal.Core.Schemas.Validation;

/// <summary>An entity's rows, keys and the set of its fields.</summary>
internal static class EntityRules
{
    public static void Check(ValidationContext context, int index)
    {
        var (entity, problems) = (context.Document.Entities[index], context.Problems);
        var path = $"entities[{index}]";
        var name = ValidationContext.Shown(entity.Name);
        CheckRows(context, entity, path, name);
        DocumentRules.CheckText(problems, $"{path}.description", $"The description of {name}", entity.Description, 10_000);
        if (entity.Table is { } table)
        {
            CheckIdentifier(problems, $"{path}.table.name", $"{name}: the table's name", table.Name);
            if (table.Schema is { } schema)
                CheckIdentifier(problems, $"{path}.table.schema", $"{name}: the table's schema", schema);
        }

        if (entity.Fields.Count == 0)
            problems.Error($"{path}.fields", "schema.no_fields", $"{name} has no fields.", "Add a field");
        if (entity.Fields.Count > SchemaValidator.MaxFields)
            problems.Error($"{path}.fields", "schema.limit", $"{name} has {entity.Fields.Count} fields; at most {SchemaValidator.MaxFields} are allowed.", "Split it into two entities with the same key");

        var known = context.Index.Fields(index);
        var columns = new HashSet<string>(entity.Fields.Count, StringComparer.Ordinal);
        for (var i = 0; i < entity.Fields.Count; i++)
        {
            var field = entity.Fields[i];
            if (field.Name.Length > 0 && known[field.Name] != i)
                DocumentRules.Twice(problems, $"{path}.fields[{i}].name", $"{name} has two fields called {ValidationContext.Shown(field.Name)}.");
            else if (!columns.Add(field.Column ?? field.Name))
                DocumentRules.Twice(problems, $"{path}.fields[{i}].column", $"{name} has two fields with the column {ValidationContext.Shown(field.Column ?? field.Name)}.");
            FieldRules.Check(context, index, i);
        }

        CheckKey(context, index, entity.PrimaryKey, $"{path}.primaryKey", "primary key", isPrimary: true);
        for (var i = 0; i < entity.Unique.Count; i++)
        {
            var group = $"{path}.unique[{i}]";
            if (entity.Unique[i].Count == 0)
                problems.Error(group, "schema.key", $"{name}: a unique key without fields says nothing.", "Name its fields", "Remove it");
            CheckKey(context, index, entity.Unique[i], group, "unique key", isPrimary: false);
        }

        CorrelationRules.Check(context, index);
    }

    public static void CheckIdentifier(ProblemList problems, string path, string owner, string identifier)
    {
        if (identifier.Length == 0)
            problems.Error(path, "schema.identifier", $"{owner} is empty.", "Remove it to use the name itself");
        else if (identifier.Contains('\0', StringComparison.Ordinal))
            problems.Error(path, "schema.identifier", $"{owner} holds the character NUL.", "Remove it");
        else if (System.Text.Encoding.UTF8.GetByteCount(identifier) > 63)
            problems.Warning(path, "schema.identifier", $"{owner} is longer than 63 bytes; PostgreSQL will cut it.", "Shorten it");
    }

    private static void CheckRows(ValidationContext context, EntityDefinition entity, string path, string name)
    {
        var problems = context.Problems;
        RelationshipDefinition? derives = null;
        foreach (var relationship in context.Document.Relationships)
        {
            if (!relationship.DecidesRows || relationship.From.Entity != entity.Name)
                continue;
            if (derives is not null)
                problems.Error(path, "schema.rows_twice", $"{name}: the relationships {derives.Name} and {relationship.Name} both decide its number of rows (perParent).", "Make one of them uniform or zipf");
            derives = relationship;
        }

        if (entity.Rows is { } rows)
        {
            if (rows < 0)
                problems.Error($"{path}.rows", "schema.rows", $"{name} has {rows} rows; a number of rows cannot be negative.", "Write 0 or more");
            else if (rows > SchemaValidator.MaxRows)
                problems.Error($"{path}.rows", "schema.rows", $"{name} has {rows} rows; at most {SchemaValidator.MaxRows} are allowed.", "Write fewer");
            if (derives is not null)
                problems.Error($"{path}.rows", "schema.rows_derived", $"{name} has rows of its own, but the relationship {derives.Name} gives each parent a number of children (perParent).", "Remove the rows", $"Make {derives.Name} uniform or zipf");
        }
        else if (derives is null)
        {
            problems.Error($"{path}.rows", "schema.rows", $"{name} does not say how many rows it has.", "Set rows", "Let a relationship with distribution perParent decide");
        }
    }

    private static void CheckKey(ValidationContext context, int index, IReadOnlyList<string> key, string path, string kind, bool isPrimary)
    {
        var (entity, problems) = (context.Document.Entities[index], context.Problems);
        var name = ValidationContext.Shown(entity.Name);
        for (var i = 0; i < key.Count; i++)
        {
            var place = $"{path}[{i}]";
            if (context.Index.Field(index, key[i]) is not { } at)
            {
                var nearest = NearestName.Find(key[i], entity.Fields.Select(one => one.Name));
                problems.Error(place, "schema.key", $"{name}: its {kind} names {ValidationContext.Shown(key[i])}, which is no field of it.", nearest is null ? "Name one of its fields" : $"Write {nearest}");
                continue;
            }

            var field = entity.Fields[at];
            if (key.Take(i).Contains(key[i], StringComparer.Ordinal))
                problems.Error(place, "schema.key", $"{name}: its {kind} names {field.Name} twice.", "Remove one of them");
            if (field.Array is not null || field.Type == FieldType.Json)
                problems.Error(place, "schema.key", $"{name}.{field.Name} is {(field.Array is null ? "JSON" : "a list")}, which cannot be part of a {kind}.", "Choose another field");
            if (!isPrimary)
                continue;
            if (field.NullPercent > 0 || field.When is not null)
                problems.Error(place, "schema.key", $"{name}.{field.Name} can be null ({(field.When is null ? "nullPercent" : "when")}), which a primary key forbids.", "Remove it from the field");
        }
    }
}
