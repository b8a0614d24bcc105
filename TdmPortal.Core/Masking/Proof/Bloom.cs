namespace TdmPortal.Core.Masking.Proof;

/// <summary>A Bloom filter of 8 MiB and five hashes (Bloom 1970; double hashing by Kirsch and Mitzenmacher 2006): says "maybe" of about 0.1 % of what is not there at 5 million values, of more beyond; a maybe is looked at again.</summary>
internal sealed class Bloom
{
    private const int Bits = 26;
    private const int Hashes = 5;
    private readonly ulong[] words = new ulong[1 << (Bits - 6)];

    public void Add(ulong hash)
    {
        var (place, step) = Start(hash);
        for (var i = 0; i < Hashes; i++, place += step)
            words[(place >> 6) & ((1 << (Bits - 6)) - 1)] |= 1UL << (int)place;
    }

    public bool MayHold(ulong hash)
    {
        var (place, step) = Start(hash);
        for (var i = 0; i < Hashes; i++, place += step)
        {
            if ((words[(place >> 6) & ((1 << (Bits - 6)) - 1)] & (1UL << (int)place)) == 0)
                return false;
        }

        return true;
    }

    private static (uint Place, uint Step) Start(ulong hash) => ((uint)hash, (uint)(hash >> 32) | 1);
}
