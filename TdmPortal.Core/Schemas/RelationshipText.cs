using System.Globalization;

namespace TdmPortal.Core.Schemas;

/// <summary>A relationship in words: the only place that words it.</summary>
public static class RelationshipText
{
    /// <summary>How children are spread over parents: "a few customer have most order (zipf 1.2), 5 % have none".</summary>
    /// <param name="relationship">Any, valid or not.</param>
    /// <param name="capital">Whether it begins a sentence.</param>
    public static string Sentence(RelationshipDefinition relationship, bool capital = false)
    {
        var (child, parent) = (relationship.From.Entity, relationship.To.Entity);
        var how = relationship.Distribution switch
        {
            { Kind: DistributionKind.PerParent } d => string.Create(CultureInfo.InvariantCulture, $"each {parent} has {d.Min ?? 0} to {d.Max ?? 0} {child}"),
            { Kind: DistributionKind.Zipf } d => string.Create(CultureInfo.InvariantCulture, $"a few {parent} have most {child} (zipf {d.Exponent ?? 1:0.###})"),
            _ => $"each {child} belongs to any {parent}",
        };
        var without = relationship.RootPercent ?? relationship.NullPercent ?? 0;
        if (child == parent)
            how += string.Create(CultureInfo.InvariantCulture, $" before it, {without:0.###} % are roots");
        else if (without > 0)
            how += string.Create(CultureInfo.InvariantCulture, $", {without:0.###} % have none");
        return capital ? char.ToUpperInvariant(how[0]) + how[1..] : how;
    }
}
