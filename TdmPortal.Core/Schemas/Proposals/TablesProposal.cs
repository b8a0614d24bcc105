using System.Globalization;
using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>A schema document from CREATE TABLE statements.</summary>
internal sealed class TablesProposal
{
    /// <summary>Rows of a table that points to no other.</summary>
    private const long RootRows = 100;

    private const long ChildRows = 1000;

    private readonly ProblemList problems;
    private readonly Dictionary<string, ProposedGenerator> reasons = new(StringComparer.Ordinal);
    private readonly List<SqlTable> tables;
    private readonly Dictionary<SqlTable, string> entityNames = [];
    private readonly Dictionary<SqlColumn, string> fieldNames = [];
    private readonly List<(SqlTable Child, SqlTable Parent, RelationshipDefinition Relationship)> relationships = [];

    private TablesProposal(List<SqlTable> tables, ProblemList problems) => (this.tables, this.problems) = (tables, problems);

    public static ProposedSchema Make(string sql, string schemaName)
    {
        var found = new ProblemList();
        var parser = new SqlParser(sql, found);
        parser.Read();
        if (parser.Tables.Count == 0)
        {
            found.Error("line 1", "sql.no_tables", "No CREATE TABLE statement was found.", "Paste the definitions of your tables", "A dump of the structure alone works well");
            return new(null, new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal), found.ToList());
        }

        return new TablesProposal(parser.Tables, found).Build(schemaName);
    }

    private ProposedSchema Build(string schemaName)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            entityNames[table] = LegalNames.Distinct(LegalNames.ToLegal(table.Name, "entity"), taken);
            var fields = new HashSet<string>(StringComparer.Ordinal);
            foreach (var column in table.Columns)
                fieldNames[column] = LegalNames.Distinct(LegalNames.ToLegal(column.Name, "column"), fields);
        }

        Relate();
        var entities = tables.Select(Entity).ToList();
        var document = new SchemaDocument
        {
            Name = LegalNames.ToLegal(schemaName, "schema"),
            Title = LegalNames.IsLegal(schemaName) ? null : schemaName,
            Entities = entities,
            Relationships = [.. relationships.Select(one => one.Relationship)],
        };
        return ProposalRepair.Finish(Check(document), reasons, problems);
    }

    private SqlTable? Table(string name) => tables.Find(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Problem(int line, string code, string message, params ReadOnlySpan<string> actions) =>
        problems.Warning(string.Create(CultureInfo.InvariantCulture, $"line {line}"), code, message, actions);

    private void Relate()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            foreach (var key in table.ForeignKeys)
            {
                if (Table(key.Parent) is not { } parent)
                {
                    Problem(key.Line, "sql.unknown_table", $"{table.Name}: a foreign key points to {key.Parent}, which is not among the pasted tables; its column is filled by a generator.", $"Paste {key.Parent} too");
                    continue;
                }

                var child = key.Columns.Select(table.Column).ToList();
                var target = (key.ParentColumns.Count > 0 ? key.ParentColumns : parent.PrimaryKey).Select(parent.Column).ToList();
                if (child.Count == 0 || child.Count != target.Count || child.Contains(null) || target.Contains(null))
                {
                    Problem(key.Line, "sql.foreign_key", $"{table.Name}: a foreign key to {parent.Name} names columns that do not exist or do not match.");
                    continue;
                }

                Relate(table, parent, key, child!, target!, names);
            }
        }
    }

    private void Relate(SqlTable table, SqlTable parent, SqlForeignKey key, List<SqlColumn> child, List<SqlColumn> target, HashSet<string> names)
    {
        List<string> from = [.. child.Select(column => fieldNames[column])];
        List<string> to = [.. target.Select(column => fieldNames[column])];
        if (relationships.Exists(one => one.Child == table && one.Relationship.From.Fields.SequenceEqual(from, StringComparer.Ordinal)))
        {
            Problem(key.Line, "sql.foreign_key", $"{table.Name}: two foreign keys have the same columns; the first one counts.");
            return;
        }

        for (var i = 0; i < child.Count; i++)
            child[i].Type = target[i].Type with { IsIdentity = false, Choices = null };
        // SQL asks for a key there; it may have been made by a statement that was not pasted.
        var targetNames = target.Select(column => column.Name).ToList();
        if (!Same(parent.PrimaryKey, targetNames) && !parent.Unique.Exists(group => Same(group, targetNames)))
            parent.Unique.Add(targetNames);
        var nullable = child.TrueForAll(column => !column.NotNull && !table.PrimaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
        var name = LegalNames.ToLegal(key.Name ?? $"{entityNames[table]}_{(parent == table ? from[0] : entityNames[parent])}", "relationship");
        relationships.Add((table, parent, new()
        {
            Name = LegalNames.Distinct(name, names),
            From = new(entityNames[table], from),
            To = new(entityNames[parent], to),
            NullPercent = nullable && parent != table ? 10 : null,
            RootPercent = parent == table ? 10 : null,
        }));
    }

    private static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == other.Count && one.All(name => other.Contains(name, StringComparer.OrdinalIgnoreCase));

    private EntityDefinition Entity(SqlTable table)
    {
        var name = entityNames[table];
        var keys = table.Unique.Append(table.PrimaryKey).Where(key => key.Count > 0).ToList();
        var fields = table.Columns.Select(column => Field(table, column, keys)).ToList();
        List<string>? Fields(List<string> columns)
        {
            var found = columns.Select(table.Column).ToList();
            return found.Contains(null) ? null : [.. found.Select(column => fieldNames[column!]).Distinct(StringComparer.Ordinal)];
        }

        var primaryKey = Fields(table.PrimaryKey) ?? [];
        var groups = table.Unique.Select(Fields).OfType<List<string>>().Where(group => group.Count > 0 && !group.SequenceEqual(primaryKey, StringComparer.Ordinal)).ToList();
        foreach (var single in groups.Where(group => group.Count == 1))
        {
            var at = fields.FindIndex(field => field.Name == single[0]);
            fields[at] = fields[at] with { Unique = true };
        }

        return new()
        {
            Name = name,
            Rows = Rows(table, []),
            Table = table.Schema is null && table.Name == name ? null : new(table.Schema, table.Name),
            Description = table.Comment is { Length: > 0 and <= 10_000 } comment ? comment : null,
            Fields = fields,
            PrimaryKey = primaryKey,
            Unique = [.. groups.Where(group => group.Count > 1)],
        };
    }

    private FieldDefinition Field(SqlTable table, SqlColumn column, List<List<string>> keys)
    {
        var type = column.Type;
        var field = new FieldDefinition
        {
            Name = fieldNames[column],
            Type = type.Type,
            Precision = type.Precision,
            Scale = type.Scale,
            MaxLength = type.MaxLength is > 0 and <= 10_485_760 and var length ? length : null,
            Array = type.IsArray ? new(0, 3) : null,
            SqlType = type.SqlType,
            Column = column.Name == fieldNames[column] ? null : column.Name,
            Description = column.Comment is { Length: > 0 and <= 10_000 } comment ? comment : null,
        };
        if (relationships.Exists(one => one.Child == table && one.Relationship.From.Fields.Contains(field.Name, StringComparer.Ordinal)))
            return field with { Array = null };
        var inPrimaryKey = table.PrimaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase);
        var key = keys.Find(one => one.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
        var proposal = key is null || type.Choices is not null ? Proposal(table, column, field) : KeyProposal(table, column, field, key);
        reasons[$"{entityNames[table]}.{field.Name}"] = proposal;
        return field with { Generator = proposal.Generator, Args = proposal.Args, NullPercent = column.NotNull || inPrimaryKey || column.IsIdentity || column.Computed is not null ? null : 10 };
    }

    private ProposedGenerator Proposal(SqlTable table, SqlColumn column, FieldDefinition field)
    {
        if (column.IsIdentity)
            return Identity(column);
        if (column.Type.Choices is { } values)
            return new("choice", new([new("values", JsonValue.Of(values))]), "the type lists its values", 0.95);
        return column.Type.SqlType switch
        {
            "inet" or "cidr" => new("internet.ipv4", ArgumentValues.Empty, $"the type is {column.Type.SqlType}", 0.9),
            "macaddr" => new("internet.mac", ArgumentValues.Empty, "the type is macaddr", 0.9),
            _ => GeneratorProposals.For(entityNames[table], field.Name, field.Type, field.MaxLength)[0],
        };
    }

    private static ProposedGenerator Identity(SqlColumn column) =>
        new("sequence", GeneratorProposals.Read(string.Create(CultureInfo.InvariantCulture, $$"""{"start":{{column.Start}},"step":{{column.Step}}}""")), "the database numbers it", 0.98);

    private ProposedGenerator KeyProposal(SqlTable table, SqlColumn column, FieldDefinition field, List<string> key)
    {
        if (column.IsIdentity)
            return Identity(column);
        var within = relationships.Find(one => one.Child == table && key.Count > 1 && one.Relationship.From.Fields.All(name => key.Exists(part => table.Column(part) is { } other && fieldNames[other] == name)));
        switch (field.Type)
        {
            case FieldType.Integer when within.Relationship is not null:
                return new("sequence", GeneratorProposals.Read($$"""{"within":"{{within.Relationship.Name}}"}"""), $"it is part of a key with {within.Relationship.To.Entity}, so it counts inside of each", 0.85);
            case FieldType.Integer or FieldType.Decimal or FieldType.Double:
                return new("sequence", ArgumentValues.Empty, "it is a key", 0.85);
            case FieldType.Uuid:
                return new("uuid", ArgumentValues.Empty, "it is a key", 0.9);
            case FieldType.Date or FieldType.Timestamp:
                return new("date.between", GeneratorProposals.Read("""{"from":"now-20y","to":"now"}"""), "it is a key", 0.6);
            case FieldType.String:
                var proposal = GeneratorProposals.For(entityNames[table], field.Name, field.Type, field.MaxLength)[0];
                // Few generators of words have as many values as a key needs rows.
                return proposal.Generator is "internet.email" or "uuid" or "pattern" or "finance.iban" or "commerce.ean13" or "commerce.isbn13" or "vehicle.vin" ? proposal
                    : new("pattern", GeneratorProposals.Read($$"""{"regex":"{{Fallbacks.Code(field.MaxLength)}}"}"""), $"it is a key, so every value must differ ({proposal.Generator} would repeat)", 0.7);
            default:
                return GeneratorProposals.For(entityNames[table], field.Name, field.Type, field.MaxLength)[0];
        }
    }

    /// <summary>More for tables that point to others; never more than a short key or a one-to-one relationship allows.</summary>
    private long Rows(SqlTable table, HashSet<SqlTable> seen)
    {
        if (!seen.Add(table))
            return RootRows;
        var parents = relationships.Where(one => one.Child == table && one.Parent != table).ToList();
        var rows = parents.Count == 0 ? RootRows : ChildRows;
        foreach (var key in table.Unique.Append(table.PrimaryKey).Where(key => key.Count > 0))
        {
            foreach (var (_, parent, _) in parents.Where(one => Same(key, [.. table.Columns.Where(column => one.Relationship.From.Fields.Contains(fieldNames[column], StringComparer.Ordinal)).Select(column => column.Name)])))
                rows = Math.Min(rows, Rows(parent, seen));
            if (key is [var only] && table.Column(only) is { } column && !parents.Exists(one => one.Relationship.From.Fields.Contains(fieldNames[column], StringComparer.Ordinal)))
            {
                rows = column.Type switch
                {
                    { Choices: { } values } => Math.Min(rows, values.Count),
                    { Type: FieldType.String, MaxLength: 1 } => Math.Min(rows, 30),
                    { Type: FieldType.String, MaxLength: 2 } => Math.Min(rows, 500),
                    { Type: FieldType.Boolean } => Math.Min(rows, 2),
                    _ => rows,
                };
            }
        }

        seen.Remove(table);
        return rows;
    }

    /// <summary>Adds the checks and computed columns that the expression language has words for.</summary>
    private SchemaDocument Check(SchemaDocument document)
    {
        var constraints = new List<ConstraintDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entities = document.Entities.ToList();
        for (var i = 0; i < tables.Count; i++)
        {
            var table = tables[i];
            var scope = new EntityScope(new SchemaIndex(document), i);
            string? FieldOf(string column) => table.Column(column) is { } found ? fieldNames[found] : null;
            var hints = new CheckHints(entities[i]);
            foreach (var check in table.Checks)
            {
                var text = SqlExpressions.Translate(check.Tokens, FieldOf);
                var result = CheckedExpression.Condition(text, scope);
                if (result.Error is { } error)
                {
                    Problem(check.Line, "sql.check", $"{table.Name}: the check \"{Shortened(text)}\" is not kept: {error.Message}", "Write it anew in the designer, or leave it out");
                    continue;
                }

                constraints.Add(new(LegalNames.Distinct(LegalNames.ToLegal(check.Name ?? $"{entityNames[table]}_check"), names), entityNames[table], text));
                hints.Add(result.Expression!);
            }

            entities[i] = entities[i] with { Fields = [.. entities[i].Fields.Select((field, at) => Computed(table, table.Columns[at], field, scope, FieldOf)).Select(field => Hinted(entityNames[table], field, hints))] };
        }

        return document with { Entities = entities, Constraints = constraints };
    }

    private FieldDefinition Hinted(string entity, FieldDefinition field, CheckHints hints)
    {
        if (hints.Apply(field) is not { } hinted)
            return field;
        reasons[$"{entity}.{field.Name}"] = hinted.Proposal;
        return hinted.Field;
    }

    private FieldDefinition Computed(SqlTable table, SqlColumn column, FieldDefinition field, ExpressionScope scope, Func<string, string?> fieldOf)
    {
        if (column.Computed is null)
            return field;
        var text = SqlExpressions.Translate(column.Computed, fieldOf);
        var value = CheckedExpression.Value(text, scope);
        // SQL Server gives a computed column no type: it is that of its expression.
        if (value.Expression is { Type.IsArray: false } typed && field.Type == FieldType.String && field.MaxLength is null && typed.Type.Kind != FieldType.String)
            field = field with { Type = typed.Type.Kind, Scale = typed.Type.Kind == FieldType.Decimal ? Math.Min(typed.Type.Scale, 10) : null };
        var result = CheckedExpression.Assignment(text, scope, ExpressionType.Of(field));
        if (result.Error is { } error)
        {
            Problem(column.Line, "sql.computed", $"{table.Name}.{column.Name}: the expression \"{Shortened(text)}\" is not kept: {error.Message}", "Write it anew in the designer");
            return field;
        }

        var args = new ArgumentValues([new("value", JsonValue.Of(text))]);
        reasons[$"{entityNames[table]}.{field.Name}"] = new("expression", args, "the database computes it", 0.98);
        return field with { Generator = "expression", Args = args };
    }

    private static string Shortened(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
