using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData.Searching;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>
/// Tells which new columns of an entity are gone ones under another name: by what they hold, by how they are called, and by their place.
/// What they held before is known by the former name and type alone, as nothing of a source's values is kept from run to run.
/// </summary>
internal static class RenamedColumns
{
    /// <summary>Names with so many pairs of letters in common are likely one's: mail and email, street1 and street_1.</summary>
    private const double Alike = 0.7;

    /// <summary>The former column of each new one; those without one are left out.</summary>
    /// <param name="former">All columns that the entity had, in their order.</param>
    /// <param name="now">All that it has.</param>
    /// <param name="added">Places of new ones in <paramref name="now"/>.</param>
    /// <param name="gone">Those of <paramref name="former"/> that are not there any more.</param>
    public static Dictionary<int, RememberedColumn> Find(List<RememberedColumn> former, IReadOnlyList<ColumnDescription> now, IReadOnlyList<int> added, IReadOnlyList<RememberedColumn> gone, Func<string, ColumnDecision?> decided)
    {
        var pairs = from place in added
                    from one in gone
                    let likeness = Likeness(former, one, now, place, decided(now[place].Name)?.Personal)
                    where likeness > 0
                    orderby likeness descending, place, former.IndexOf(one)
                    select (place, one);
        var found = new Dictionary<int, RememberedColumn>();
        foreach (var (place, one) in pairs)
        {
            if (!found.ContainsKey(place) && !found.ContainsValue(one))
                found.Add(place, one);
        }

        return found;
    }

    /// <summary>0: another column.</summary>
    private static double Likeness(List<RememberedColumn> former, RememberedColumn one, IReadOnlyList<ColumnDescription> now, int place, string? kind)
    {
        var type = SchemaDrift.TypeOf(now[place]);
        if (Family(one.Type) != Family(type))
            return 0;
        var names = Names(one.Field, now[place].Name);
        var formerKind = KindOf(one);
        kind ??= KindOf(new(one.Entity, now[place].Name, type));

        // Where a phone number was there is an e-mail address now: no rule is to go from the one to the other.
        if (formerKind is not null && kind is not null && formerKind != kind)
            return names >= Alike ? names : 0;
        var (sameKind, samePlace) = (formerKind is not null && formerKind == kind, IsSamePlace(former, one, now, place));
        if (names < Alike && !sameKind && !(samePlace && one.Type == type))
            return 0;
        return names + (sameKind ? 1 : 0) + (samePlace ? 0.5 : 0) + (one.Type == type ? 0.25 : 0);
    }

    /// <summary>A type without its length; integers stay integers however many bytes they have.</summary>
    private static string Family(string type) => type.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket ? type[..bracket] + (type.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "") : type;

    private static string? KindOf(RememberedColumn column)
    {
        if (!FieldTypeNames.TryParse(Family(column.Type).Replace("[]", "", StringComparison.Ordinal), out var type))
            return null;
        var evidence = ColumnNames.Find(new() { Name = column.Entity }, new() { Name = column.Field, Type = type }, isPerson: true);
        return evidence is { Weight: >= PersonalFinding.Counts } ? evidence.Kind : null;
    }

    /// <summary>Share of pairs of letters that two names have in common (Dice's coefficient); whole words at their beginning or end count as more.</summary>
    private static double Names(string one, string other)
    {
        (one, other) = (LegalNames.ToLegal(one), LegalNames.ToLegal(other));
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (shorter.Length >= 4 && (longer.StartsWith(shorter + "_", StringComparison.Ordinal) || longer.EndsWith("_" + shorter, StringComparison.Ordinal)))
            return 0.8;
        var pairs = Enumerable.Range(0, Math.Max(0, shorter.Length - 1)).Select(at => shorter.Substring(at, 2)).ToList();
        var common = 0;
        for (var at = 0; at < longer.Length - 1; at++)
            common += pairs.Remove(longer.Substring(at, 2)) ? 1 : 0;
        return shorter.Length < 2 ? 0 : 2.0 * common / (shorter.Length + longer.Length - 2);
    }

    private static bool IsSamePlace(List<RememberedColumn> former, RememberedColumn one, IReadOnlyList<ColumnDescription> now, int place)
    {
        var at = former.IndexOf(one);
        var (before, after) = (at == 0 ? null : former[at - 1].Field, at == former.Count - 1 ? null : former[at + 1].Field);
        return at == place || (before is not null && place > 0 && now[place - 1].Name == before) || (after is not null && place < now.Count - 1 && now[place + 1].Name == after);
    }
}
