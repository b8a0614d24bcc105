using System.Numerics;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Every parent is equally likely. Children come in layers of as many rows as there are parents (a multiple of that
/// when they are few): a keyed permutation of the layer takes a child to a slot, slots belong to blocks of 16 parents by
/// arithmetic, and a hash picks the parent within the block. Backwards, the block's slots of each layer are tried: 16
/// hashes a child found.
/// </summary>
internal sealed class UniformLink : Link
{
    private const int BlockBits = 4;
    private readonly int repeatBits;
    private readonly long layerRows;
    private readonly KeyedPermutation permutation;

    public UniformLink(ulong key, long parents, long children)
        : base(key, parents, children)
    {
        while (parents > 0 && parents << repeatBits < 4096)
            repeatBits++;
        layerRows = Math.Max(1, parents << repeatBits);
        permutation = new(key, (ulong)layerRows);
    }

    public override long ParentOf(long child)
    {
        var layer = Math.DivRem(child, layerRows, out var position);
        var layerKey = LayerKey(layer);
        return Pick(layerKey, (long)permutation.WithKey(layerKey).Map((ulong)position));
    }

    public override bool HasSlots => true;

    public override long SlotOf(long child)
    {
        if (ByRow)
            return child;
        var layer = Math.DivRem(child, layerRows, out var position);
        var slot = (long)permutation.WithKey(LayerKey(layer)).Map((ulong)position);
        return (layer * BlockSlots((slot >> (BlockBits + repeatBits)) << BlockBits, out var first)) + slot - first;
    }

    public override int SlotsPerChild => ByRow ? (int)Math.Max(1, Parents) : 1 << BlockBits;

    public override long? MostSlots => ByRow ? Children : Layers(Children) * Math.Min(layerRows, 1L << (BlockBits + repeatBits));

    /// <summary>Few parents: the places are the rows themselves, of which enough are the parent's.</summary>
    private bool ByRow => Parents <= 1 << (BlockBits + 2);

    public override long SlotsOf(long parent) => SlotsBefore(parent, Children);

    public override long SlotsBefore(long parent, long row) => ByRow ? Math.Min(Children, row) : Layers(Math.Min(Children, row)) * BlockSlots(parent, out _);

    public override long ChildAt(long parent, long slot)
    {
        if (ByRow)
            return ParentOrNone(slot) == parent ? slot : -1;
        var slots = BlockSlots(parent, out var first);
        var layer = Math.DivRem(slot, slots, out var place);
        var layerKey = LayerKey(layer);
        if (Pick(layerKey, first + place) != parent)
            return -1;
        var child = (layer * layerRows) + (long)permutation.WithKey(layerKey).Invert((ulong)(first + place));
        return Exists(child) ? child : -1;
    }

    protected override void ParentsOfAll(ReadOnlySpan<long> children, Span<long> parents)
    {
        while (children.Length > 0)
        {
            // The run of children that lie in one layer: mostly all of them.
            var layer = children[0] / layerRows;
            var first = layer * layerRows;
            var run = 1;
            while (run < children.Length && (ulong)(children[run] - first) < (ulong)layerRows)
                run++;
            var layerKey = LayerKey(layer);
            permutation.WithKey(layerKey).Map(children[..run], first, parents);
            for (var i = 0; i < run; i++)
                parents[i] = Pick(layerKey, parents[i]);
            children = children[run..];
            parents = parents[run..];
        }
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var count = 0;
        var slots = BlockSlots(parent, out var first);
        for (; cursor.Layer * layerRows < Children; cursor.Layer++, cursor.Slot = 0)
        {
            var layerKey = LayerKey(cursor.Layer);
            var layer = permutation.WithKey(layerKey);
            while (cursor.Slot < slots)
            {
                var width = (int)Math.Min(1 << BlockBits, slots - cursor.Slot);
                for (var found = Found(layerKey, first + cursor.Slot, width, parent); found != 0; found &= found - 1)
                {
                    var place = BitOperations.TrailingZeroCount(found);
                    if (count == into.Length)
                    {
                        cursor.Slot += place;
                        return count;
                    }

                    var child = (cursor.Layer * layerRows) + (long)layer.Invert((ulong)(first + cursor.Slot + place));
                    if (Exists(child))
                        into[count++] = child;
                }

                cursor.Slot += width;
            }
        }

        return count;
    }

    /// <summary>Which of up to 32 slots of the parent's block are the parent's, a bit each.</summary>
    private uint Found(ulong layerKey, long slot, int width, long parent)
    {
        var start = (parent >> BlockBits) << BlockBits;
        var size = (ulong)Math.Min(1 << BlockBits, Parents - start);
        var wanted = Vector256.Create((ulong)(parent - start));
        uint found = 0;
        var place = 0;
        for (; place <= width - Vector256<long>.Count; place += Vector256<long>.Count)
        {
            var cells = Randomness.Cell(~layerKey, Vector256.Create(slot + place) + Vector256.Create(0L, 1, 2, 3));

            // Among sixteen it is the upper four bits that choose.
            var picked = size == 1 << BlockBits ? cells >>> (64 - BlockBits) : Randomness.Bounded(cells, size);
            found |= Vector256.Equals(picked, wanted).ExtractMostSignificantBits() << place;
        }

        for (; place < width; place++)
            found |= (Pick(layerKey, slot + place) == parent ? 1U : 0) << place;
        return found;
    }

    private long Layers(long rows) => (rows + layerRows - 1) / layerRows;

    /// <summary>Slots of the parent's block in each layer, and the first of them.</summary>
    private long BlockSlots(long parent, out long first)
    {
        first = (parent >> BlockBits) << (BlockBits + repeatBits);
        return Math.Min(layerRows, first + (1L << (BlockBits + repeatBits))) - first;
    }

    private ulong LayerKey(long layer) => Randomness.Cell(Key, layer);

    private long Pick(ulong layerKey, long slot)
    {
        var first = (slot >> (BlockBits + repeatBits)) << BlockBits;
        var size = Math.Min(1 << BlockBits, Parents - first);
        return first + (long)Randomness.Bounded(Randomness.Cell(~layerKey, slot), (ulong)size);
    }
}
