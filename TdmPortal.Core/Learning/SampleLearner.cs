using TdmPortal.Core.Learning.Patterns;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>
/// Learns from sample rows how to make others like them: what fills each field, keys and references, what depends on what, and
/// what rises and falls together. Rows are read once; a few thousand of them are held while it works.
/// </summary>
public static class SampleLearner
{
    private const int MostKeys = 4_000_000;
    private const int LongestKey = 64;

    /// <summary>Reads all rows and learns. Blocks; call it where blocking is fine.</summary>
    /// <param name="source">Its entities and columns are called as those of the structure; others are left as they are.</param>
    /// <param name="structure">Entities and fields; keys and relationships that it has are kept, generators are replaced.</param>
    public static LearnedSchema Learn(RowSource source, SchemaDocument structure, LearnOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var findings = new List<LearnedFinding>();
        var counts = new Dictionary<LearnedColumn, KeyCounts>();
        List<LearnedEntity> entities = [.. structure.Entities.Join(source.Entities, definition => definition.Name, entity => entity.Name, (definition, entity) => Read(source, structure, definition, entity, counts, options, cancellation), StringComparer.Ordinal)];
        var references = new References(entities, counts, findings);
        references.ChooseKeys();
        List<RelationshipDefinition> relationships = [.. structure.Relationships, .. references.Find(structure.Relationships)];
        var decided = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < relationships.Count; i++)
        {
            var child = relationships[i].From.Entity;
            relationships[i] = references.Fitted(relationships[i], mayDecideRows: !decided.Contains(child));
            if (relationships[i].DecidesRows)
                decided.Add(child);
        }

        var constraints = structure.Constraints.ToList();
        foreach (var entity in entities)
        {
            cancellation.ThrowIfCancellationRequested();
            Learn(entity, options, constraints, findings);
        }

        var learned = entities.ToDictionary(entity => entity.Name, StringComparer.Ordinal);
        var document = structure with
        {
            Entities = [.. structure.Entities.Select(definition => learned.TryGetValue(definition.Name, out var entity) ? Written(entity, decided.Contains(entity.Name)) : definition)],
            Relationships = relationships,
            Constraints = constraints,
        };
        var reasons = entities.SelectMany(entity => entity.Columns).Where(column => column.Proposal is not null && !column.IsForeign).ToDictionary(column => column.Id, column => column.Proposal!, StringComparer.Ordinal);
        var (repaired, problems) = LearnedRepair.Finish(document, reasons);
        return new(repaired, reasons, findings, problems);
    }

    private static LearnedEntity Read(RowSource source, SchemaDocument structure, EntityDefinition definition, SourceEntity entity, Dictionary<LearnedColumn, KeyCounts> counts, LearnOptions options, CancellationToken cancellation)
    {
        var profile = Profiler.PassOf(entity, QualityLevel.Standard);
        var sample = new SamplePass(entity);
        int[] keys = [.. Enumerable.Range(0, entity.Columns.Count).Where(place => entity.Columns[place] is { IsArray: false, Type: FieldType.Integer or FieldType.Uuid } or { IsArray: false, Type: FieldType.String, MaxLength: null or <= LongestKey })];
        KeyCounts[] counted = [.. keys.Select(_ => new KeyCounts(MostKeys / Math.Max(1, keys.Length * structure.Entities.Count)))];
        RowPasses.Run(source, entity, [profile, sample, new KeyPass([.. keys.Select(place => new[] { place })], counted)], threads: 1, options.Progress, cancellation);
        var described = profile.Profile;
        var learned = new LearnedEntity(definition, described.Rows, sample.Rows, sample);
        for (var place = 0; place < entity.Columns.Count; place++)
        {
            if (definition.Fields.FirstOrDefault(field => field.Name == entity.Columns[place].Name) is not { } field)
                continue;
            var column = new LearnedColumn(learned, place, field with { Generator = null, Args = ArgumentValues.Empty }, described.Columns[place]);
            learned.Columns.Add(column);
            if (Array.IndexOf(keys, place) is >= 0 and var key)
                counts[column] = counted[key];
        }

        return learned;
    }

    private static void Learn(LearnedEntity entity, LearnOptions options, List<ConstraintDefinition> constraints, List<LearnedFinding> findings)
    {
        PersonalColumns.Find(entity, options.Personal);
        foreach (var column in entity.Columns)
        {
            if (column.Personal is { } kind)
            {
                column.Field = column.Field with { Personal = column.Field.Personal ?? kind };
                findings.Add(new("personal", column.Id, $"{column.Name} of {entity.Name} holds personal data ({kind}); nothing of its values is kept."));
            }

            if (column.IsForeign)
                continue;
            column.Categories = column.Field.Type == FieldType.String ? TextPattern.Categories(column, options.LeastRows) : null;
            var nulls = Math.Round(100 * column.NullShare, 2);
            column.Field = column.Field with { NullPercent = nulls > 0 && !entity.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) ? nulls : null };
            column.Proposal = ColumnPattern.Of(column, options);
        }

        new Formulas(entity, findings).Find();
        new Dependencies(entity, options, constraints, findings).Find();
        if (options.Correlations)
            new Copula(entity, findings).Fit();
    }

    private static EntityDefinition Written(LearnedEntity entity, bool rowsDecided)
    {
        var fields = entity.Columns.ToDictionary(column => column.Name, column => column.IsForeign || column.Proposal is not { } proposal ? column.Field : column.Field with { Generator = proposal.Generator, Args = proposal.Args }, StringComparer.Ordinal);
        return entity.Definition with
        {
            Rows = rowsDecided ? null : entity.Rows,
            Fields = [.. entity.Definition.Fields.Select(field => fields.GetValueOrDefault(field.Name) ?? field)],
            PrimaryKey = entity.PrimaryKey,
            Correlations = entity.Correlations,
        };
    }
}
