using TdmPortal.Data.Schemas;

namespace TdmPortal.Web.Schemas;

/// <summary>What a card of a sample says: its title up to the colon, and what comes after it.</summary>
public static class SampleTitle
{
    public static (string Title, string About) Of(SchemaSummary sample)
    {
        var whole = sample.Title ?? sample.Name;
        var colon = whole.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return (whole, sample.Name);
        var about = whole[(colon + 2)..];
        return (whole[..colon], char.ToUpperInvariant(about[0]) + about[1..]);
    }
}
