namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>Formats of texts: the type of the column, the generator or the pattern that gives them.</summary>
internal static class StringFormats
{
    /// <param name="Type">Of the column, as PostgreSQL names it.</param>
    /// <param name="Generator">What fills it; null: what its name and type say, or the pattern.</param>
    /// <param name="Pattern">A pattern of its texts.</param>
    /// <param name="Example">One of them.</param>
    public sealed record Known(string Type, string? Generator, string? Pattern, string Example);

    /// <summary>Null where the format is not known; it says nothing then, as the standard has it.</summary>
    public static Known? Of(string format) => format switch
    {
        "date" => new("date", null, null, "2026-01-31"),
        "date-time" => new("timestamptz", null, null, "2026-01-31T12:00:00Z"),
        "uuid" or "guid" => new("uuid", null, null, "0b5d5f40-6f2c-4e6a-9d0e-2f5c1a7e4b11"),
        "time" => new("text", null, "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", "12:00:00Z"),
        "duration" => new("text", null, "P[1-9][0-9]?D", "P7D"),
        "email" or "idn-email" => new("text", "internet.email", null, "someone@example.com"),
        "hostname" or "idn-hostname" => new("text", "internet.hostName", null, "host.example.com"),
        "ipv4" or "ip" or "ip-address" => new("text", "internet.ipv4", null, "192.0.2.1"),
        "ipv6" => new("text", "internet.ipv6", null, "2001:db8::1"),
        "uri" or "url" or "iri" or "uri-reference" or "iri-reference" => new("text", "internet.url", null, "https://example.com/"),
        "uri-template" => new("text", null, "https://example\\.com/[a-z]{3,8}/\\{id\\}", "https://example.com/{id}"),
        "json-pointer" => new("text", null, "(/[a-z]{2,6}){1,3}", "/a"),
        "relative-json-pointer" => new("text", null, "[0-3](/[a-z]{2,6}){1,2}", "0/a"),
        "regex" => new("text", null, "\\[a-[m-z]\\]\\{[1-9]\\}", "[a-z]"),
        "byte" or "base64" => new("text", null, "([A-Za-z0-9]{4}){2,6}", "QUJD"),
        "phone" => new("text", "phone.number", null, "+1 202 555 0100"),
        "password" => new("text", "internet.password", null, "Correct-horse-7"),
        "color" => new("text", "internet.color", null, "#336699"),
        _ => null,
    };
}
