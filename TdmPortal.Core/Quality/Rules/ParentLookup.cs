using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>What stands in the parents over one relationship.</summary>
internal sealed class ParentLookup(WholeRun run, EntityView child, IReadOnlyList<ParentValue> nodes)
    : Lookup([.. nodes[0].Relationship.From.Fields.Select(child.FieldOf)], run.Parts(run.Rows(run.Index.Entity(nodes[0].Relationship.To.Entity)!.Value)))
{
    private readonly int parent = run.Index.Entity(nodes[0].Relationship.To.Entity)!.Value;
    private KeyMap keys = new();
    private ValueStore[] values = [];

    public override void Fill(GivenRows rows, UInt128[] hashes, bool[] isNull)
    {
        var found = new int[hashes.Length];
        for (var i = 0; i < found.Length; i++)
            found[i] = isNull[i] ? -1 : keys.Find(hashes[i]);
        for (var n = 0; n < nodes.Count; n++)
            rows.Relate(nodes[n], values[n].Gather(rows.Workspace, found));
    }

    protected override void Load()
    {
        var view = run.View(parent);
        var key = nodes[0].Relationship.To.Fields.Select(view.FieldOf).ToList();
        keys = new();
        values = [.. nodes.Select(_ => new ValueStore())];
        run.Read(parent, key.Concat(nodes.Select(node => node.Index)), batch =>
        {
            var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
            KeyHash.Fill(batch, key, hashes, isNull);
            for (var i = 0; i < batch.Count; i++)
            {
                if (isNull[i] || KeyMap.PartOf(hashes[i], Parts) != Part)
                    continue;
                keys.Add(hashes[i], out var isNew);
                for (var n = 0; isNew && n < values.Length; n++)
                    values[n].Add(batch[nodes[n].Index], i);
            }
        });
    }
}
