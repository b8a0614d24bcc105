using System.Globalization;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>The DDL of a plan, for files and for the row store alike. Identifiers are always quoted.</summary>
public static class SqlSchema
{
    /// <summary>One CREATE TABLE an entity, columns with NOT NULL where no null can occur, without keys, in plan order.</summary>
    /// <param name="schemaName">
    /// Null: a file, with the document's own identifiers (table, column, sqlType). Given: the row store, with the names of
    /// entities and fields, base types and text columns COLLATE "C", all in this schema.
    /// </param>
    public static IReadOnlyList<string> CreateTables(GenerationPlan plan, string? schemaName) =>
    [
        .. plan.Entities.Select(entity =>
            $"CREATE TABLE {TableName(entity.Definition, schemaName)} (\n{string.Join(",\n", entity.Columns.Select(column => "  " + Column(column, schemaName is not null)))}\n)"),
    ];

    /// <summary>ALTER TABLE statements to run after the rows: primary keys, unique keys, then foreign keys and checks.</summary>
    public static IReadOnlyList<string> AddKeys(GenerationPlan plan, string? schemaName) => [.. Keys(plan, schemaName).Select(key => key.Statement)];

    /// <summary>The constraints of all tables, in the order in which they can be added.</summary>
    public static IReadOnlyList<SqlKey> Keys(GenerationPlan plan, string? schemaName)
    {
        var index = new SchemaIndex(plan.Document);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var keys = new List<SqlKey>();
        foreach (var entity in plan.Entities)
        {
            string Columns(IEnumerable<string> fields) => string.Join(", ", fields.Select(field => ColumnName(entity.Definition, field, schemaName)));
            if (entity.Definition.PrimaryKey.Count > 0)
                Add(SqlKeyKind.Primary, entity.Definition, $"{entity.Name}_pkey", $"PRIMARY KEY ({Columns(entity.Definition.PrimaryKey)})");
            foreach (var unique in entity.Definition.Unique.Concat(entity.Definition.Fields.Where(field => field.Unique).Select(field => (IReadOnlyList<string>)[field.Name])))
                Add(SqlKeyKind.Unique, entity.Definition, $"{entity.Name}_{string.Join('_', unique)}_key", $"UNIQUE ({Columns(unique)})");
        }

        foreach (var relationship in plan.Document.Relationships)
        {
            var (child, parent) = (Find(plan, relationship.From.Entity), Find(plan, relationship.To.Entity));
            Add(SqlKeyKind.Foreign, child, relationship.Name, $"FOREIGN KEY ({string.Join(", ", relationship.From.Fields.Select(field => ColumnName(child, field, schemaName)))})"
                + $" REFERENCES {TableName(parent, schemaName)} ({string.Join(", ", relationship.To.Fields.Select(field => ColumnName(parent, field, schemaName)))})");
        }

        foreach (var constraint in plan.Document.Constraints)
        {
            var entity = Find(plan, constraint.Entity);
            var condition = CheckedExpression.Condition(constraint.Check, new EntityScope(index, index.Entity(constraint.Entity)!.Value)).Expression!;
            if (ExpressionSql.Check(condition, field => ColumnName(entity, field, schemaName)) is { } sql)
                Add(SqlKeyKind.Check, entity, constraint.Name, $"CHECK ({sql})");
        }

        return keys;

        void Add(SqlKeyKind kind, EntityDefinition entity, string wanted, string definition)
        {
            var name = Name(names, wanted);
            keys.Add(new SqlKey(kind, entity.Name, name, $"ALTER TABLE {TableName(entity, schemaName)} ADD CONSTRAINT {Quote(name)} {definition}"));
        }
    }

    /// <summary>Queries that count the rows which break a check that reads related rows, and so cannot be a constraint of one table.</summary>
    /// <returns>Entity, the check's name, and the query.</returns>
    public static IReadOnlyList<(string Entity, string Name, string Query)> RelatedChecks(GenerationPlan plan, string? schemaName)
    {
        var index = new SchemaIndex(plan.Document);
        var found = new List<(string, string, string)>();
        foreach (var constraint in plan.Document.Constraints)
        {
            var condition = CheckedExpression.Condition(constraint.Check, new EntityScope(index, index.Entity(constraint.Entity)!.Value)).Expression!;
            if (ExpressionDependencies.Of(condition).NamesRelationships)
                found.Add((constraint.Entity, constraint.Name, new RelatedSql(entity => Find(plan, entity), entity => TableName(entity, schemaName), (entity, field) => ColumnName(entity, field, schemaName)).CountBreaking(constraint.Entity, condition)));
        }

        return found;
    }

    /// <summary>The quoted name of an entity's table, with its schema where there is one.</summary>
    public static string TableName(EntityDefinition entity, string? schemaName) =>
        (schemaName, entity.Table) switch
        {
            (not null, _) => $"{Quote(schemaName)}.{Quote(entity.Name)}",
            (null, { Schema: { } schema } table) => $"{Quote(schema)}.{Quote(table.Name)}",
            (null, { } table) => Quote(table.Name),
            _ => Quote(entity.Name),
        };

    /// <summary>The type of a column by the schema's own types, whatever <c>sqlType</c> says: <c>numeric(18,2)</c>, <c>text[]</c>.</summary>
    public static string BaseType(ColumnDescription column)
    {
        var type = column.Type switch
        {
            FieldType.Integer => "bigint",
            FieldType.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({column.Precision},{column.Scale})"),
            FieldType.Double => "double precision",
            FieldType.Boolean => "boolean",
            FieldType.Date => "date",
            FieldType.Time => "time",
            FieldType.Timestamp => "timestamptz",
            FieldType.Uuid => "uuid",
            FieldType.Json => "jsonb",
            _ => column.MaxLength is { } length ? string.Create(CultureInfo.InvariantCulture, $"varchar({length})") : "text",
        };
        return column.IsArray ? type + "[]" : type;
    }

    /// <summary>A quoted identifier.</summary>
    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Column(ColumnDescription column, bool stored) =>
        $"{Quote(stored ? column.Name : column.ColumnName)} {(stored ? BaseType(column) : SqlTypeText.Of(column.SqlType))}{(stored && column.Type == FieldType.String ? " COLLATE \"C\"" : "")}{(column.Nullable ? "" : " NOT NULL")}";

    private static string ColumnName(EntityDefinition entity, string field, string? schemaName) =>
        Quote(schemaName is null ? entity.Fields.First(one => one.Name == field).Column ?? field : field);

    private static EntityDefinition Find(GenerationPlan plan, string entity) => plan.Entity(entity).Definition;

    /// <summary>A constraint's name: at most 63 bytes and not taken.</summary>
    private static string Name(HashSet<string> taken, string wanted)
    {
        var name = wanted.Length <= 63 ? wanted : wanted[..63];
        for (var number = 2; !taken.Add(name); number++)
        {
            var end = number.ToString(CultureInfo.InvariantCulture);
            name = wanted[..Math.Min(wanted.Length, 63 - end.Length - 1)] + "_" + end;
        }

        return name;
    }
}
