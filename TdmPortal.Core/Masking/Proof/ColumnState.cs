namespace TdmPortal.Core.Masking.Proof;

/// <summary>What is known so far of a column that is compared.</summary>
internal sealed class ColumnState(ColumnDecision decision, int place, Bloom? originals, IReadOnlySet<string> sentinels)
{
    /// <summary>Different masked values that may be originals and are looked at again; beyond that all are taken for originals.</summary>
    public const int MostCandidates = 200_000;

    public ColumnDecision Decision { get; } = decision;
    public int Place { get; } = place;
    /// <summary>Of columns that are compared as a whole; else null.</summary>
    public Bloom? Originals { get; } = originals;
    public IReadOnlySet<string> Sentinels { get; } = sentinels;
    public long Compared { get; set; }
    public long Same { get; set; }
    /// <summary>Masked values that the filter may hold, with the number of their rows.</summary>
    public Dictionary<UInt128, long> Candidates { get; } = [];
    /// <summary>Rows whose value found no more room among the candidates.</summary>
    public long Beyond { get; set; }
    /// <summary>Candidates that are originals indeed.</summary>
    public HashSet<UInt128> Confirmed { get; } = [];
}
