namespace TdmPortal.Core.Quality.Rules;

/// <summary>Finds what stands in other rows by the hash of a key; a part of the keys at a time.</summary>
/// <param name="ownFields">The fields that lead there.</param>
internal abstract class Lookup(IReadOnlyList<int> ownFields, int parts)
{
    public int Parts { get; } = parts;

    /// <summary>Which part is held; -1: none yet.</summary>
    protected int Part { get; private set; } = -1;

    /// <summary>Holds a part of the keys.</summary>
    public void Load(int part)
    {
        if (part == Part)
            return;
        Part = part;
        Load();
    }

    /// <summary>The keys of a batch.</summary>
    public (UInt128[] Hashes, bool[] IsNull) KeysOf(RuleBatch batch)
    {
        var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
        KeyHash.Fill(batch, ownFields, hashes, isNull);
        return (hashes, isNull);
    }

    /// <summary>Says in rows what the expression's nodes give.</summary>
    public abstract void Fill(GivenRows rows, UInt128[] hashes, bool[] isNull);

    protected abstract void Load();
}
