using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>
/// The last step: what compiling refuses is made simpler, fewer rows first, until the document generates. What is lost
/// by it is said.
/// </summary>
internal static class ImportRepair
{
    private const int MaxRounds = 60;

    public static ImportedSchema Finish(ImportRun run, SchemaDocument document)
    {
        var tries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < MaxRounds; round++)
        {
            var errors = GenerationPlan.Compile(document, new GenerationOptions()).Problems.Where(problem => problem.Severity == ProblemSeverity.Error).ToList();
            if (errors.Count == 0)
                break;
            // From the back, so that indexes stay true; a place at a time.
            var repaired = document;
            foreach (var error in Enumerable.Reverse(errors.DistinctBy(error => error.Path, StringComparer.Ordinal)))
                repaired = Repair(run, repaired, error, tries);
            if (ReferenceEquals(repaired, document))
            {
                foreach (var left in errors)
                    run.Problems.Add(left);
                break;
            }

            document = Renewed(run, document, repaired);
        }

        return new(document, run.Reasons, run.NotUnderstood, run.Problems.ToList());
    }

    /// <summary>What depends on another entity's rows follows them.</summary>
    private static SchemaDocument Renewed(ImportRun run, SchemaDocument before, SchemaDocument after)
    {
        foreach (var (column, parent, make) in run.Dependents)
        {
            var rows = after.Entities.First(one => one.Name == parent.Entity).Rows ?? 1;
            if (rows == before.Entities.First(one => one.Name == parent.Entity).Rows)
                continue;
            var entity = after.Entities.ToList().FindIndex(one => one.Name == column.Table.Entity);
            var index = after.Entities[entity].Fields.ToList().FindIndex(one => one.Name == column.Field);
            after = With(run, after, entity, index, after.Entities[entity].Fields[index], make(rows));
        }

        return after;
    }

    private static SchemaDocument Repair(ImportRun run, SchemaDocument document, SchemaProblem error, Dictionary<string, int> tries)
    {
        if (ProblemPath.Index(error.Path, "constraints[") is { } constraint && constraint < document.Constraints.Count)
        {
            var lost = document.Constraints[constraint];
            if (run.Origins.TryGetValue(lost.Name, out var origin))
                run.Missed(origin.Table, origin.Check.Name, origin.Check.Expression, $"Rows that keep to it are not found: {error.Message}", origin.Check.Columns);
            return document with { Constraints = [.. document.Constraints.Where((_, i) => i != constraint)] };
        }

        if (ProblemPath.Index(error.Path, "relationships[") is { } relationship && relationship < document.Relationships.Count)
            return RepairRelationship(run, document, error, relationship, Count(tries, document.Relationships[relationship].Name));
        if (ProblemPath.Index(error.Path, "entities[") is not { } entity || entity >= document.Entities.Count)
            return document;
        var owner = document.Entities[entity];
        if (ProblemPath.Index(error.Path, ".fields[") is { } index && index < owner.Fields.Count && owner.Fields[index].Generator is not null)
            return RepairField(run, document, error, entity, index, Count(tries, $"{owner.Name}.{owner.Fields[index].Name}"));
        return RepairEntity(run, document, error, entity, Count(tries, owner.Name));
    }

    private static int Count(Dictionary<string, int> tries, string name) => tries[name] = tries.GetValueOrDefault(name) + 1;

    private static SchemaDocument RepairRelationship(ImportRun run, SchemaDocument document, SchemaProblem error, int at, int tried)
    {
        var relationship = document.Relationships[at];
        if (error.Code == "schema.cycle" && relationship.NullPercent is null or 0 && tried == 1)
            return document with { Relationships = [.. document.Relationships.Select((one, i) => i == at ? one with { NullPercent = 10 } : one)] };
        if (error.Code is "schema.relationship_null" && tried <= 2)
            return document with { Relationships = [.. document.Relationships.Select((one, i) => i == at ? one with { NullPercent = null } : one)] };
        var child = document.Entities.ToList().FindIndex(one => one.Name == relationship.From.Entity);
        if (relationship.Distribution is not null)
        {
            // How many children each has is given up first.
            var table = run.Tables.Find(one => one.Entity == relationship.From.Entity);
            if (table?.Links.Find(one => one.Name == relationship.Name) is { } counted)
                run.Missed(table, counted.Source.Name, string.Join(", ", counted.Source.Columns), $"Parents have any number of rows of it: {error.Message}", counted.Source.Columns);
            document = document with { Relationships = [.. document.Relationships.Select((one, i) => i == at ? one with { Distribution = null } : one)] };
            return document.Relationships.Any(one => one.From.Entity == relationship.From.Entity && one.DecidesRows) ? document : WithRows(document, child, table?.Rows ?? 1);
        }

        var parent = document.Entities.FirstOrDefault(one => one.Name == relationship.To.Entity);
        if (tried <= 8 && document.Entities[child].Rows is > 1 and { } rows && error.Code is not ("schema.cycle" or "schema.relationship_type" or "schema.relationship_target"))
            return WithRows(document, child, tried == 1 && parent?.Rows is > 0 and { } parents && parents < rows ? parents : Math.Max(1, rows / 3));
        // Without the relationship what may be null of its own stays so, and the server asks for no parent; else its columns are filled by themselves, and the server will say so.
        var lost = document with { Relationships = [.. document.Relationships.Where((_, i) => i != at)] };
        Lost(run, relationship, error);
        var owner = document.Entities[child];
        var fields = owner.Fields.Select(field => relationship.From.Fields.Contains(field.Name, StringComparer.Ordinal) && field.Generator is null && !lost.Relationships.Any(one => one.From.Entity == owner.Name && one.From.Fields.Contains(field.Name, StringComparer.Ordinal)) ? Alone(run, owner, field) : field);
        return lost.With(child, owner with { Fields = [.. fields] });
    }

    private static FieldDefinition Alone(ImportRun run, EntityDefinition owner, FieldDefinition field)
    {
        var simplest = Simplest(run, owner, field);
        return Column(run, owner, field) is { NotNull: false, Facts.NotNull: false } column && !column.Table.PrimaryKey.Contains(column) ? simplest with { NullPercent = 100 } : simplest;
    }

    private static void Lost(ImportRun run, RelationshipDefinition relationship, SchemaProblem error)
    {
        if (run.Tables.SelectMany(table => table.Links).FirstOrDefault(one => one.Name == relationship.Name) is { } link)
            run.Missed(link.Child, link.Source.Name, $"FOREIGN KEY ({string.Join(", ", link.Source.Columns)})", $"No relationship could be made of it: {error.Message}", link.Source.Columns);
    }

    private static SchemaDocument RepairField(ImportRun run, SchemaDocument document, SchemaProblem error, int entity, int index, int tried)
    {
        var owner = document.Entities[entity];
        var field = owner.Fields[index];
        var column = Column(run, owner, field);
        if (error.Code is "generation.unique_exhausted" && tried > 1 && owner.Rows > 1)
            return WithRows(document, entity, Math.Max(1, owner.Rows!.Value / 3));
        if (tried > 6)
            return document;
        if (tried <= 2 && column is not null && error.Code is "generation.unique_exhausted" or "schema.unique_unprovable")
        {
            var distinct = field.Type switch
            {
                FieldType.String when column?.Type is { Text: null, Values: null } && field.Generator != "pattern" && field.Generator != "choice" => new ProposedGenerator("pattern", ImportRun.Args([("regex", ValueBounds.Code(column))]), "it is a key, so every value must differ", 0.5),
                FieldType.Integer when field.Generator is not ("sequence" or "choice") && column?.Facts is { Max: null } => new("sequence", ArgumentValues.Empty, "it is a key, so every value must differ", 0.5),
                FieldType.Date or FieldType.Timestamp when field.Generator != "date.between" => ValueBounds.Day(column!, "now-20y", "it is a key, so every value must differ"),
                _ => null,
            };
            if (distinct is not null)
                return With(run, document, entity, index, field, distinct);
            if (owner.Rows > 1)
                return WithRows(document, entity, Math.Max(1, owner.Rows!.Value / 3));
        }

        return document.With(entity, owner with { Fields = [.. owner.Fields.Select((one, i) => i == index ? Simplest(run, owner, one) : one)] });
    }

    private static SchemaDocument RepairEntity(ImportRun run, SchemaDocument document, SchemaProblem error, int entity, int tried)
    {
        var owner = document.Entities[entity];
        if (error.Code is "generation.unique_exhausted" or "schema.one_to_one" && owner.Rows > 1 && tried <= 12)
            return WithRows(document, entity, Math.Max(1, owner.Rows.Value / 3));
        if (error.Code == "schema.unique_unprovable" && Provable(run, document, entity, error) is { } provable)
            return provable;
        if (owner.Unique.Count == 0 || tried > 20)
            return document;
        var dropped = owner.Unique[^1];
        if (run.Tables.Find(one => one.Entity == owner.Name) is { } table)
            run.Missed(table, $"unique ({string.Join(", ", dropped)})", string.Join(", ", dropped), $"It could not be kept: {error.Message}", [.. dropped]);
        return document.With(entity, owner with { Unique = [.. owner.Unique.SkipLast(1)] });
    }

    /// <summary>A key that no field of it can be made to keep: a text of it that differs in every row, a relationship of it that is one-to-one, or one row.</summary>
    private static SchemaDocument? Provable(ImportRun run, SchemaDocument document, int entity, SchemaProblem error)
    {
        var owner = document.Entities[entity];
        var key = owner.Unique.Prepend(owner.PrimaryKey).FirstOrDefault(one => one.Count > 0 && error.Message.Contains($"({string.Join(", ", one)})", StringComparison.Ordinal));
        if (key is null)
            return null;
        for (var i = 0; i < owner.Fields.Count; i++)
        {
            var field = owner.Fields[i];
            if (key.Contains(field.Name, StringComparer.Ordinal) && field is { Generator: not null and not "pattern", Type: FieldType.String } && Column(run, owner, field) is { IsSettled: false, Type: { Text: null, Values: null } } column)
                return With(run, document, entity, i, field, new("pattern", ImportRun.Args([("regex", ValueBounds.Code(column))]), "it is part of a key, so every value must differ", 0.5));
        }

        // What differs in a part differs as a whole.
        if (document.Relationships.FirstOrDefault(one => one.From.Entity == owner.Name && one.From.Fields.Count < key.Count && one.From.Fields.All(name => key.Contains(name, StringComparer.Ordinal)) && !owner.Unique.Any(group => group.SequenceEqual(one.From.Fields, StringComparer.Ordinal)) && one.From.Entity != one.To.Entity) is { } relationship)
        {
            var parents = document.Entities.First(one => one.Name == relationship.To.Entity).Rows ?? 1;
            var isReferenced = document.Relationships.Any(one => one.To.Entity == owner.Name && one.To.Fields.Count == key.Count && one.To.Fields.All(name => key.Contains(name, StringComparer.Ordinal)));
            var groups = owner.Unique.Where(group => group != key || isReferenced).Append(relationship.From.Fields);
            return document.With(entity, owner with { Rows = Math.Min(owner.Rows ?? 1, parents), PrimaryKey = key == owner.PrimaryKey && !isReferenced ? [] : owner.PrimaryKey, Unique = [.. groups] });
        }

        // One row differs from all others.
        return document.With(entity, owner with { Rows = 1, PrimaryKey = key == owner.PrimaryKey ? [] : owner.PrimaryKey, Unique = [.. owner.Unique.Where(group => group != key)] });
    }

    private static ImportColumn? Column(ImportRun run, EntityDefinition owner, FieldDefinition field) =>
        run.Tables.Find(one => one.Entity == owner.Name)?.Columns.Find(one => one.Field == field.Name && !one.IsSkipped);

    private static SchemaDocument With(ImportRun run, SchemaDocument document, int entity, int index, FieldDefinition field, ProposedGenerator proposal)
    {
        var owner = document.Entities[entity];
        run.Reasons[$"{owner.Name}.{field.Name}"] = proposal;
        return document.With(entity, owner with { Fields = [.. owner.Fields.Select((one, i) => i == index ? one with { Generator = proposal.Generator, Args = proposal.Args } : one)] });
    }

    private static FieldDefinition Simplest(ImportRun run, EntityDefinition owner, FieldDefinition field)
    {
        var column = Column(run, owner, field);
        var proposal = column?.Type.Text is { } text && field.Generator != "pattern" ? new("pattern", ImportRun.Args([("regex", text)]), "texts that the type accepts", 0.4)
            : column?.Type.Values is { } values && field.Generator != "choice" ? new("choice", ImportRun.Args([("values", values)]), "the type lists its values", 0.4)
            : column is { Type.Type: FieldType.Integer or FieldType.Decimal or FieldType.Double } ? ValueBounds.Number(column, ValueBounds.Fallback(column), isKey: true)
            : column is not null ? ValueBounds.Fallback(column) : Schemas.Proposals.Fallbacks.For(field.Name, field.Type, field.MaxLength).First();
        run.Reasons[$"{owner.Name}.{field.Name}"] = proposal;
        return field with { Generator = proposal.Generator, Args = proposal.Args, When = null };
    }

    private static SchemaDocument WithRows(SchemaDocument document, int entity, long rows) => document.With(entity, document.Entities[entity] with { Rows = rows });

}
