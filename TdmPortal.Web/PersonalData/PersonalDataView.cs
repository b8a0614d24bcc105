using Microsoft.AspNetCore.WebUtilities;
using TdmPortal.Core.PersonalData;
using TdmPortal.Data.PersonalData;

namespace TdmPortal.Web.PersonalData;

/// <summary>What the report of personal data shows, as its address says.</summary>
/// <param name="Term">What the GDPR or the CCPA calls it (<see cref="PersonalKind.Gdpr"/>, <see cref="PersonalKind.Ccpa"/>).</param>
/// <param name="AllTeams">Of all teams that the reader may see.</param>
public sealed record PersonalDataView(string? Search = null, string? Term = null, PersonalProtection? Protection = null, bool AllTeams = false)
{
    /// <summary>Columns that were found and that somebody said are not personal.</summary>
    public bool NotPersonal { get; init; }

    /// <summary>For the store.</summary>
    public PersonalDataQuery Query => new(Search, Term is null ? null : [.. PersonalKinds.All.Where(kind => kind.Gdpr == Term || kind.Ccpa == Term).Select(kind => kind.Name)], Protection, AllTeams) { NotPersonal = NotPersonal };

    /// <summary>Whether something is left out.</summary>
    public bool IsFiltered => Search is not null || Term is not null || Protection is not null || NotPersonal;

    /// <summary>Reads an address; what cannot be read is left out.</summary>
    public static PersonalDataView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new(Text("q"), Text("term"), Enum.TryParse<PersonalProtection>(Text("protection"), ignoreCase: true, out var protection) && Enum.IsDefined(protection) ? protection : null, Text("teams") == "all") { NotPersonal = Text("said") == "none" };

        string? Text(string name) => values.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    public string ToUrl() => PortalUrls.PersonalData + ToQueryString();

    public string ToQueryString()
    {
        var query = string.Join('&', new[]
        {
            Search is null ? null : "q=" + Uri.EscapeDataString(Search), Term is null ? null : "term=" + Uri.EscapeDataString(Term),
            Protection is { } protection ? "protection=" + protection.ToString().ToLowerInvariant() : null, AllTeams ? "teams=all" : null, NotPersonal ? "said=none" : null,
        }.OfType<string>());
        return query.Length == 0 ? "" : "?" + query;
    }
}
