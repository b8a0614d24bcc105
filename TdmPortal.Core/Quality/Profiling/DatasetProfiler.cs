using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>The passes that measure a dataset, entity by entity, and what comes of them.</summary>
public sealed class DatasetProfiler
{
    /// <summary>Keys that are held in all, 24 bytes each; beyond that a part of them.</summary>
    private const int MostKeys = 2_000_000;

    private readonly SchemaDocument document;
    private readonly IReadOnlyList<SourceEntity> entities;
    private readonly QualityLevel level;
    private readonly Dictionary<string, ProfilePass> profiles;
    private readonly Dictionary<string, List<RowPass>> passes;
    private readonly List<Key> keys = [];

    /// <param name="entities">Of the source whose rows will be looked at.</param>
    public DatasetProfiler(SchemaDocument document, IReadOnlyList<SourceEntity> entities, QualityLevel level)
    {
        (this.document, this.entities, this.level) = (document, entities, level);
        profiles = entities.ToDictionary(entity => entity.Name, entity => Profiler.PassOf(entity, level), StringComparer.Ordinal);
        passes = profiles.ToDictionary(profile => profile.Key, profile => new List<RowPass> { profile.Value }, StringComparer.Ordinal);
        if (level == QualityLevel.Basic)
            return;
        foreach (var entity in document.Entities)
        {
            foreach (var fields in Own(entity))
                AddKey(entity.Name, fields, isOwn: true);
        }

        foreach (var relationship in document.Relationships)
        {
            AddKey(relationship.From.Entity, relationship.From.Fields, isOwn: false);
            AddKey(relationship.To.Entity, relationship.To.Fields, isOwn: false);
        }

        foreach (var group in keys.GroupBy(key => key.Entity))
        {
            var most = MostKeys / keys.Count;
            foreach (var key in group)
                key.Counts = new(most);
            passes[group.Key].Add(new KeyPass([.. group.Select(key => key.Places)], [.. group.Select(key => key.Counts!)]));
        }
    }

    /// <summary>What looks at an entity's rows; the same ones at every call.</summary>
    public IReadOnlyList<RowPass> PassesOf(string entity) => passes[entity];

    /// <summary>What was found out, once all rows went through the passes.</summary>
    public DatasetProfile Complete()
    {
        var done = entities.Select(entity => profiles[entity.Name].Profile).ToList();
        if (level == QualityLevel.Premium)
            done = done.ConvertAll(profile => document.Entities.FirstOrDefault(entity => entity.Name == profile.Name) is { } definition ? profile.With(PairTables.Of(definition, document.Relationships, profile)) : profile);
        return new(done, [.. level == QualityLevel.Basic ? [] : document.Relationships.Select(Describe).OfType<RelationshipProfile>()], [.. keys.Where(key => key.IsOwn).Select(Describe)]);
    }

    private static IEnumerable<IReadOnlyList<string>> Own(EntityDefinition entity)
    {
        if (entity.PrimaryKey.Count > 0)
            yield return entity.PrimaryKey;
        foreach (var field in entity.Fields.Where(field => field.Unique))
            yield return [field.Name];
        foreach (var group in entity.Unique)
            yield return group;
    }

    private static KeyProfile Describe(Key key)
    {
        var counts = key.Counts!;
        var (filled, nulls) = counts.Rows;
        var held = counts.All().Sum(one => (long)one.Times);
        // A unique key may be absent; a primary key may not.
        var repeated = held == 0 ? 0 : (double)(held - counts.Count) / held;
        return new(key.Entity, key.Fields, filled + nulls == 0 ? null : 1 - (((repeated * filled) + (key.IsPrimary ? nulls : 0)) / (filled + nulls)));
    }

    private RelationshipProfile? Describe(RelationshipDefinition relationship)
    {
        if (Find(relationship.From) is not { Counts: { } children } || Find(relationship.To) is not { Counts: { } parents })
            return null;
        var held = Math.Max(children.Level, parents.Level);
        var (rows, found) = (0L, 0L);
        foreach (var (hash, times) in children.All())
        {
            if (!KeyCounts.IsHeld(hash, held))
                continue;
            rows += times;
            found += parents.Times(hash) > 0 ? times : 0;
        }

        var spread = parents.All().Where(parent => KeyCounts.IsHeld(parent.Hash, held)).CountBy(parent => children.Times(parent.Hash));
        return new(relationship.Name, rows == 0 ? null : (double)found / rows, Distribution.Of([.. spread.Select(count => ((double)count.Key, (long)count.Value))]));
    }

    private Key? Find(RelationshipEnd end) => keys.Find(key => key.Entity == end.Entity && key.Fields.SequenceEqual(end.Fields));

    private void AddKey(string entity, IReadOnlyList<string> fields, bool isOwn)
    {
        if (keys.Find(key => key.Entity == entity && key.Fields.SequenceEqual(fields)) is not null || entities.FirstOrDefault(one => one.Name == entity) is not { } source)
            return;
        var places = fields.Select(field => source.Columns.Index().FirstOrDefault(column => column.Item.Name == field, (-1, null!)).Index).ToArray();
        if (!places.Contains(-1))
            keys.Add(new(entity, fields, places, isOwn, document.Entities.First(one => one.Name == entity).PrimaryKey.SequenceEqual(fields)));
    }

    private sealed class Key(string entity, IReadOnlyList<string> fields, int[] places, bool isOwn, bool isPrimary)
    {
        public string Entity => entity;
        public IReadOnlyList<string> Fields => fields;
        public int[] Places => places;
        public bool IsOwn => isOwn;
        public bool IsPrimary => isPrimary;
        public KeyCounts? Counts { get; set; }
    }
}
