using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Entities;

/// <summary>A relationship in words.</summary>
public static class RelationshipText
{
    public static string Sentence(RelationshipDefinition relationship, bool capital = false)
    {
        var (child, parent) = (relationship.From.Entity, relationship.To.Entity);
        var how = relationship.Distribution switch
        {
            { Kind: DistributionKind.PerParent } d => string.Create(CultureInfo.InvariantCulture, $"each {parent} has {d.Min ?? 0} to {d.Max ?? 0} {child}"),
            { Kind: DistributionKind.Zipf } d => string.Create(CultureInfo.InvariantCulture, $"a few {parent} have most {child} (zipf {d.Exponent ?? 1})"),
            _ => $"each {child} belongs to any {parent}",
        };
        if (relationship.RootPercent is > 0)
            how += string.Create(CultureInfo.InvariantCulture, $", {relationship.RootPercent} % are roots");
        else if (relationship.NullPercent is > 0)
            how += string.Create(CultureInfo.InvariantCulture, $", {relationship.NullPercent} % have none");
        return capital ? char.ToUpperInvariant(how[0]) + how[1..] : how;
    }
}
