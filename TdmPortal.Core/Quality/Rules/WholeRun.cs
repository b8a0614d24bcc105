using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>What looks at whole entities reads through this.</summary>
/// <param name="views">By place in the document; null where the source has no such entity.</param>
/// <param name="counted">Rows by place in the document, where they are known.</param>
/// <param name="mostKeys">How many keys are held at once.</param>
internal sealed class WholeRun(SchemaIndex index, RowSource source, IReadOnlyList<EntityView?> views, long?[] counted, int mostKeys, Action<long>? progress, CancellationToken cancellation)
{
    /// <summary>A segment is made of whole batches.</summary>
    private const int BatchRows = RowPass.SegmentRows / 12;

    private readonly Dictionary<Expression, ConditionBits> bits = [];
    private readonly Workspace workspace = new(0);
    private long read;

    public SchemaIndex Index => index;

    public int MostKeys => mostKeys;

    /// <summary>Conditions over relationships that were worked out.</summary>
    public IReadOnlyDictionary<Expression, ConditionBits> Bits => bits;

    /// <summary>An entity that must be there.</summary>
    public EntityView View(int entity) => views[entity] ?? throw new RuleFault($"the data has no {index.Document.Entities[entity].Name}");

    /// <summary>How many rows an entity has; reads it where nobody knows.</summary>
    public long Rows(int entity)
    {
        if (counted[entity] is { } known)
            return known;
        long rows = 0;
        Read(entity, [], batch => rows += batch.Count);
        counted[entity] = rows;
        return rows;
    }

    /// <summary>In how many parts so many keys are looked at.</summary>
    public int Parts(long keys) => KeyMap.Parts(keys, mostKeys);

    /// <summary>Works out a condition that names relationships, once.</summary>
    public void Relate(int entity, Expression condition)
    {
        if (!bits.ContainsKey(condition) && ExpressionDependencies.Of(condition).NamesRelationships)
            bits[condition] = RelatedConditions.Of(this, entity, condition);
    }

    /// <summary>Reads the rows of a rule's entity that meet its condition.</summary>
    public void Read(BoundRule rule, IEnumerable<int> fields, Action<RuleBatch> use)
    {
        if (rule.Where is { } where)
        {
            Relate(rule.Entity, where);
            fields = fields.Concat(View(rule.Entity).FieldsOf(where));
        }

        Read(rule.Entity, fields, batch =>
        {
            batch.Look(rule.Where);
            use(batch);
        });
    }

    /// <summary>Reads all rows of an entity, batch by batch.</summary>
    public void Read(int entity, IEnumerable<int> fields, Action<RuleBatch> use)
    {
        var view = View(entity);
        var wanted = fields.Distinct().ToList();
        if (view.FaultOf(wanted) is { } fault)
            throw new RuleFault(fault);
        List<int> places = [.. wanted.Select(field => view.Places[field]).Order()];
        if (places.Count == 0)
            places.Add(0);
        var columns = new Column?[view.Source.Columns.Count];
        var batch = new RuleBatch(workspace);
        using var reader = source.Open(view.Source, places, 0, null, cancellation);
        long first = 0;
        for (int count; (count = reader.Read(BatchRows)) > 0; first += count)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < places.Count; i++)
                columns[places[i]] = reader.Batch[i];
            batch.Load(first, columns, count, view.Places, bits);
            var mark = workspace.Mark();
            use(batch);
            workspace.Release(mark);
            progress?.Invoke(read += count);
        }

        counted[entity] ??= first;
    }

    /// <summary>The rows with these numbers, ascending, as a rule's result has them.</summary>
    public IReadOnlyList<FailingRow> Describe(BoundRule rule, IReadOnlyList<long> numbers)
    {
        if (numbers.Count == 0)
            return [];
        var view = View(rule.Entity);
        var (texts, rows, next) = (RuleRun.TextsOf(view, rule.Columns), new List<FailingRow>(numbers.Count), 0);
        Read(rule.Entity, rule.Columns.Concat(view.Key.Select(part => part.Field)), batch =>
        {
            for (; next < numbers.Count && numbers[next] < batch.FirstRow + batch.Count; next++)
                rows.Add(texts.Of(batch, (int)(numbers[next] - batch.FirstRow)));
        });
        return rows;
    }
}
