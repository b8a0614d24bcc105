using TdmPortal.Core.Errors;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Subsets;

/// <summary>Works out the rows of a subset: first down to children, then up to parents, each until nothing new comes.</summary>
internal sealed class SubsetWalk
{
    private const int BatchRows = 1024;
    private const ulong Seed = 0x5B_75_B5_E7_0C_11_4D_29;

    private readonly RowSource source;
    private readonly SchemaDocument document;
    private readonly SubsetRequest request;
    private readonly Action<long>? progress;
    private readonly CancellationToken cancellation;
    private readonly Workspace workspace = new(0);
    private readonly Dictionary<string, int> places;
    private readonly List<SubsetLink> links = [];
    private readonly RowBits[] down;
    private readonly RowBits[] taken;
    private readonly SubsetTest?[] chosen;
    private readonly bool[] whole;
    private readonly int[] rank;

    public SubsetWalk(RowSource source, SchemaDocument document, SubsetRequest request, Action<long>? progress, CancellationToken cancellation)
    {
        (this.source, this.document, this.request, this.progress, this.cancellation) = (source, document, request, progress, cancellation);
        var count = source.Entities.Count;
        places = source.Entities.Select((entity, place) => (entity.Name, place)).ToDictionary(entry => entry.Name, entry => entry.place, StringComparer.Ordinal);
        (down, taken, chosen, whole) = ([.. Enumerable.Range(0, count).Select(_ => new RowBits())], [.. Enumerable.Range(0, count).Select(_ => new RowBits())], new SubsetTest?[count], new bool[count]);
        foreach (var relationship in document.Relationships)
        {
            if (places.TryGetValue(relationship.From.Entity, out var child) && places.TryGetValue(relationship.To.Entity, out var parent)
                && Columns(child, relationship.From.Fields) is { } childColumns && Columns(parent, relationship.To.Fields) is { } parentColumns)
            {
                links.Add(new(child, childColumns, parent, parentColumns));
            }
        }

        var index = new SchemaIndex(document);
        foreach (var choice in request.Chosen)
            Choose(index, choice);
        foreach (var name in request.Whole)
            whole[Place(name)] = true;
        rank = Ranks(count);
    }

    /// <summary>Rows that belong to it, by the entity's place.</summary>
    public IReadOnlyList<RowBits> Rows => taken;

    public void Run()
    {
        var dirty = new bool[chosen.Length];
        for (var entity = 0; entity < chosen.Length; entity++)
            dirty[entity] = chosen[entity] is not null;
        var first = (bool[])dirty.Clone();
        while (Pick(dirty, fromParents: true) is >= 0 and var entity)
        {
            (dirty[entity], var isFirst) = (false, first[entity]);
            first[entity] = false;
            Descend(entity, isFirst, dirty);
        }

        for (var entity = 0; entity < dirty.Length; entity++)
            dirty[entity] = whole[entity] || down[entity].Count > 0;
        while (Pick(dirty, fromParents: false) is >= 0 and var entity)
        {
            dirty[entity] = false;
            Ascend(entity, dirty);
        }
    }

    /// <summary>Takes the chosen rows of an entity and the children of rows that came before.</summary>
    private void Descend(int entity, bool isFirst, bool[] dirty)
    {
        var test = isFirst ? chosen[entity] : null;
        var incoming = links.Where(link => link.Child == entity && (link.Down.Count > 0 || link.IsSelf)).ToArray();
        var outgoing = request.Children ? links.Where(link => link.Parent == entity).ToArray() : [];
        var sizes = outgoing.Select(link => link.Down.Count).ToArray();
        Read(entity, [.. incoming.SelectMany(link => link.ChildColumns), .. outgoing.SelectMany(link => link.ParentColumns), .. test?.Columns ?? []], (batch, firstRow, count) =>
        {
            var isChosen = test?.Of(batch, firstRow, count, workspace);
            var fromParents = request.Children ? incoming.Select(link => Keys.Of(batch, link.ChildColumns, count)).ToArray() : [];
            var own = outgoing.Select(link => Keys.Of(batch, link.ParentColumns, count)).ToArray();
            for (var row = 0; row < count; row++)
            {
                for (var i = 0; i < outgoing.Length; i++)
                {
                    if (outgoing[i].IsSelf && Array.IndexOf(incoming, outgoing[i]) is >= 0 and var same && !own[i].IsNull[row] && !fromParents[same].IsNull[row])
                        outgoing[i].Chain(own[i].Hashes[row], fromParents[same].Hashes[row]);
                }

                var belongs = down[entity][firstRow + row] || isChosen?[row] == true;
                for (var i = 0; !belongs && i < fromParents.Length; i++)
                    belongs = !fromParents[i].IsNull[row] && incoming[i].Down.Contains(fromParents[i].Hashes[row]);
                if (!belongs)
                    continue;
                down[entity].Set(firstRow + row);
                for (var i = 0; i < outgoing.Length; i++)
                {
                    if (!own[i].IsNull[row])
                        outgoing[i].Down.Add(own[i].Hashes[row]);
                }
            }
        });
        for (var i = 0; i < outgoing.Length; i++)
        {
            var grew = outgoing[i].Down.Count > sizes[i];
            if (outgoing[i].IsSelf)
                dirty[entity] |= grew && outgoing[i].Descend();
            else
                dirty[outgoing[i].Child] |= grew;
        }
    }

    /// <summary>Takes rows that are asked for as parents, and asks for the parents of all that are taken.</summary>
    private void Ascend(int entity, bool[] dirty)
    {
        var incoming = links.Where(link => link.Parent == entity && (link.Up.Count > 0 || link.IsSelf)).ToArray();
        var outgoing = links.Where(link => link.Child == entity).ToArray();
        var sizes = outgoing.Select(link => link.Up.Count).ToArray();
        Read(entity, [.. incoming.SelectMany(link => link.ParentColumns), .. outgoing.SelectMany(link => link.ChildColumns)], (batch, firstRow, count) =>
        {
            var own = incoming.Select(link => Keys.Of(batch, link.ParentColumns, count)).ToArray();
            var parents = outgoing.Select(link => Keys.Of(batch, link.ChildColumns, count)).ToArray();
            for (var row = 0; row < count; row++)
            {
                for (var i = 0; i < outgoing.Length; i++)
                {
                    if (outgoing[i].IsSelf && Array.IndexOf(incoming, outgoing[i]) is >= 0 and var same && !own[same].IsNull[row] && !parents[i].IsNull[row])
                        outgoing[i].Chain(own[same].Hashes[row], parents[i].Hashes[row]);
                }

                var belongs = whole[entity] || down[entity][firstRow + row] || taken[entity][firstRow + row];
                for (var i = 0; !belongs && i < incoming.Length; i++)
                    belongs = !own[i].IsNull[row] && incoming[i].Up.Contains(own[i].Hashes[row]);
                if (!belongs)
                    continue;
                taken[entity].Set(firstRow + row);
                for (var i = 0; i < outgoing.Length; i++)
                {
                    if (!parents[i].IsNull[row])
                        outgoing[i].Up.Add(parents[i].Hashes[row]);
                }
            }
        });
        for (var i = 0; i < outgoing.Length; i++)
        {
            var grew = outgoing[i].Up.Count > sizes[i];
            if (outgoing[i].IsSelf && grew)
                outgoing[i].Ascend();
            dirty[outgoing[i].Parent] |= grew;
        }
    }

    private void Read(int entity, IEnumerable<int> needed, Action<IReadOnlyList<Column?>, long, int> look)
    {
        var described = source.Entities[entity];
        int[] columns = [.. needed.Distinct().Order()];

        // Rows are counted even where no column is needed.
        if (columns.Length == 0 && described.Columns.Count > 0)
            columns = [0];
        var batch = new Column?[described.Columns.Count];
        using var reader = source.Open(described, columns, 0, null, cancellation);
        for (var row = 0L; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = reader.Read(BatchRows);
            if (count == 0)
                return;
            for (var place = 0; place < columns.Length; place++)
                batch[columns[place]] = reader.Batch[place];
            look(batch, row, count);
            row += count;
            progress?.Invoke(count);
        }
    }

    private void Choose(SchemaIndex index, SubsetChoice choice)
    {
        var place = Place(choice.Entity);
        var entity = index.Entity(choice.Entity)!.Value;
        var (where, fields) = ((Expression?)null, new int[document.Entities[entity].Fields.Count]);
        Array.Fill(fields, -1);
        if (!string.IsNullOrWhiteSpace(choice.Where))
        {
            var result = CheckedExpression.Condition(choice.Where, new EntityScope(index, entity));
            if (result.Error is { } error)
                throw Invalid($"The condition of {choice.Entity} is wrong at character {error.Position + 1}: {error.Message}", error.Suggestion ?? "Correct the condition");
            where = result.Expression;
            var read = ExpressionDependencies.Of(where!);
            if (read.NamesRelationships)
                throw Invalid($"The condition of {choice.Entity} names a relationship; it may read columns of the same row only.", "Write it with columns of the row");
            foreach (var name in read.Fields)
                fields[index.Field(entity, name)!.Value] = Columns(place, [name])?[0] ?? throw Invalid($"The condition of {choice.Entity} reads {name}, which the source does not have.", "Write it with columns of the source");
        }

        var key = document.Entities[entity].PrimaryKey is { Count: > 0 } fieldsOfKey ? Columns(place, fieldsOfKey) ?? [] : [];
        var test = new SubsetTest(where, fields, choice.Percent, key, Seed);
        chosen[place] = chosen[place] is { } other ? other.Or(test) : test;
    }

    private int Place(string name) => places.TryGetValue(name, out var place) && document.Entities.Any(entity => entity.Name == name)
        ? place
        : throw Invalid($"The source has no entity \"{name}\".", "Choose an entity of the source");

    private static PortalException Invalid(string message, string action) => new("subset.invalid", message) { SuggestedActions = [action] };

    private int[]? Columns(int entity, IReadOnlyList<string> names)
    {
        var columns = source.Entities[entity].Columns.ToList();
        int[] found = [.. names.Select(name => columns.FindIndex(column => column.Name == name))];
        return found.Contains(-1) ? null : found;
    }

    /// <summary>The entity that is looked at next: parents before children or the other way, so that few passes are needed.</summary>
    private int Pick(bool[] dirty, bool fromParents)
    {
        var best = -1;
        for (var entity = 0; entity < dirty.Length; entity++)
        {
            if (dirty[entity] && (best < 0 || (fromParents ? rank[entity] < rank[best] : rank[entity] > rank[best])))
                best = entity;
        }

        return best;
    }

    /// <summary>Longest way from an entity without parents; where there are cycles, as far as it goes.</summary>
    private int[] Ranks(int count)
    {
        var ranks = new int[count];
        for (var round = 0; round < count; round++)
        {
            foreach (var link in links)
            {
                if (!link.IsSelf)
                    ranks[link.Child] = Math.Min(count, Math.Max(ranks[link.Child], ranks[link.Parent] + 1));
            }
        }

        return ranks;
    }

    /// <summary>Hashes of a key in the rows of a batch.</summary>
    private readonly record struct Keys(UInt128[] Hashes, bool[] IsNull)
    {
        public static Keys Of(IReadOnlyList<Column?> batch, int[] columns, int count)
        {
            var keys = new Keys(new UInt128[count], new bool[count]);
            KeyHash.Fill([.. columns.Select(column => batch[column]!)], keys.Hashes, keys.IsNull);
            return keys;
        }
    }
}
