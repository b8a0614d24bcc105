
namespace TdmPortal.Core.Generators.Addresses;

/// <summary>How addresses are written in a country, and what it is called.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Code3">ISO 3166-1 alpha-3.</param>
/// <param name="Name">In English.</param>
/// <param name="OwnName">In its own language.</param>
/// <param name="Dial">Prefix of telephone numbers.</param>
/// <param name="TimeZone">IANA name, for places that have none of their own.</param>
/// <param name="Street">Form of a street with a house number: {s} and {n}.</param>
/// <param name="Line">Form of an address on one line: {a} street, {p} postcode, {c} city, {r} region, {k} its short form.</param>
internal sealed record Country(string Code, string Code3, string Name, string OwnName, string Dial, string TimeZone, string Street = "{s} {n}", string Line = "{a}, {p} {c}")
{
    private const string NumberFirst = "{n} {s}";

    public static IReadOnlyList<Country> All { get; } =
    [
        new("US", "USA", "United States", "United States", "+1", "America/New_York", NumberFirst, "{a}, {c}, {k} {p}"),
        new("GB", "GBR", "United Kingdom", "United Kingdom", "+44", "Europe/London", NumberFirst, "{a}, {c} {p}"),
        new("AU", "AUS", "Australia", "Australia", "+61", "Australia/Sydney", NumberFirst, "{a}, {c} {k} {p}"),
        new("CA", "CAN", "Canada", "Canada", "+1", "America/Toronto", NumberFirst, "{a}, {c} {k} {p}"),
        new("IN", "IND", "India", "India", "+91", "Asia/Kolkata", "{n}, {s}", "{a}, {c} {p}, {r}"),
        new("IE", "IRL", "Ireland", "Ireland", "+353", "Europe/Dublin", NumberFirst, "{a}, {c}, {p}"),
        new("DE", "DEU", "Germany", "Deutschland", "+49", "Europe/Berlin"),
        new("AT", "AUT", "Austria", "Österreich", "+43", "Europe/Vienna"),
        new("CH", "CHE", "Switzerland", "Schweiz", "+41", "Europe/Zurich"),
        new("FR", "FRA", "France", "France", "+33", "Europe/Paris", NumberFirst),
        new("ES", "ESP", "Spain", "España", "+34", "Europe/Madrid", "{s}, {n}"),
        new("MX", "MEX", "Mexico", "México", "+52", "America/Mexico_City", "{s} {n}", "{a}, {p} {c}, {k}"),
        new("IT", "ITA", "Italy", "Italia", "+39", "Europe/Rome", "{s}, {n}", "{a}, {p} {c} {k}"),
        new("NL", "NLD", "Netherlands", "Nederland", "+31", "Europe/Amsterdam"),
        new("BE", "BEL", "Belgium", "België", "+32", "Europe/Brussels"),
        new("PT", "PRT", "Portugal", "Portugal", "+351", "Europe/Lisbon", "{s}, {n}"),
        new("BR", "BRA", "Brazil", "Brasil", "+55", "America/Sao_Paulo", "{s}, {n}", "{a}, {c} - {k}, {p}"),
        new("PL", "POL", "Poland", "Polska", "+48", "Europe/Warsaw"),
        new("CZ", "CZE", "Czechia", "Česko", "+420", "Europe/Prague"),
        new("SK", "SVK", "Slovakia", "Slovensko", "+421", "Europe/Bratislava"),
        new("HR", "HRV", "Croatia", "Hrvatska", "+385", "Europe/Zagreb"),
        new("RO", "ROU", "Romania", "România", "+40", "Europe/Bucharest", "{s} {n}", "{a}, {p} {c}, {r}"),
        new("SE", "SWE", "Sweden", "Sverige", "+46", "Europe/Stockholm"),
        new("NO", "NOR", "Norway", "Norge", "+47", "Europe/Oslo"),
        new("FI", "FIN", "Finland", "Suomi", "+358", "Europe/Helsinki"),
        new("TR", "TUR", "Türkiye", "Türkiye", "+90", "Europe/Istanbul", "{s} No: {n}", "{a}, {p} {c}"),
        new("RU", "RUS", "Russia", "Россия", "+7", "Europe/Moscow", "{s}, {n}", "{p}, {c}, {a}"),
        new("UA", "UKR", "Ukraine", "Україна", "+380", "Europe/Kyiv", "{s}, {n}", "{a}, {c}, {p}"),
        new("GR", "GRC", "Greece", "Ελλάδα", "+30", "Europe/Athens"),
        new("JP", "JPN", "Japan", "日本", "+81", "Asia/Tokyo", "{s}{n}", "〒{p} {r}{c}{a}"),
        new("CN", "CHN", "China", "中国", "+86", "Asia/Shanghai", "{s}{n}号", "{r}{c}{a} {p}"),
        new("KR", "KOR", "South Korea", "대한민국", "+82", "Asia/Seoul", "{s} {n}", "{r} {c} {a} ({p})"),
        new("ID", "IDN", "Indonesia", "Indonesia", "+62", "Asia/Jakarta", "{s} No. {n}", "{a}, {c} {p}, {r}"),
    ];

    private static readonly Dictionary<string, Country> ByCode = All.ToDictionary(country => country.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The country of that two-letter code, or null.</summary>
    public static Country? Find(string code) => ByCode.GetValueOrDefault(code);
}
