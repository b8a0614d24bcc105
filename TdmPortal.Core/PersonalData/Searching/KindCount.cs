namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>Values that are of a kind, or hold one.</summary>
internal sealed class KindCount
{
    private const int MostSamples = 3;
    private double sum;

    public long Hits { get; private set; }

    /// <summary>Mean confidence of the hits.</summary>
    public double Mean => Hits == 0 ? 0 : sum / Hits;

    /// <summary>Of the surest hit.</summary>
    public double Surest { get; private set; }

    /// <summary>Redacted.</summary>
    public List<string> Samples { get; } = [];

    public void Add(double confidence, ReadOnlySpan<byte> value)
    {
        Hits++;
        sum += confidence;
        Surest = Math.Max(Surest, confidence);
        if (Samples.Count < MostSamples && Redacted.Shape(value) is var form && !Samples.Contains(form, StringComparer.Ordinal))
            Samples.Add(form);
    }
}
