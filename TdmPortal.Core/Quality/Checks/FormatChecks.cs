using TdmPortal.Core.Schemas;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Texts that must be something: a type, an address, an account.</summary>
internal static class FormatChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("type", RuleKind.Format, "Has a type", "Every value can be read as one of the type and, for the field's own type, fits its digits and maxLength. In files this is where cells that cannot be read are counted.",
            "expect_column_values_to_be_of_type, expect_column_values_to_be_in_type_list, hasDataType, schema", null,
            Option("type", "A type; without it the field's own.", "own", ["own", .. FieldTypeNames.All]))) { Bind = Type },
        new(Define("json", RuleKind.Format, "Is JSON", "Every text is one JSON value.",
            "expect_column_values_to_be_json_parseable, expect_column_values_to_match_json_schema", [FieldType.String, FieldType.Json])) { Bind = Json },
        new(Define("date_format", RuleKind.Format, "Is a date in a format", "Every text is a date or time in the format.",
            "expect_column_values_to_match_strftime_format, expect_column_values_to_be_dateutil_parseable", Texts,
            Text("format", "Such as yyyy-MM-dd, dd.MM.yyyy or HH:mm.", required: true))) { Bind = DateFormat },
        new(Define("email", RuleKind.Format, "Is an e-mail address", "Every text has the form of an e-mail address.",
            "containsEmail, valid_format email, expect_column_values_to_be_valid_email", Texts)) { Bind = Email },
        new(Define("url", RuleKind.Format, "Is a web address", "Every text is an http or https address.",
            "containsURL, valid_format url, expect_column_values_to_be_valid_urls", Texts)) { Bind = Url },
        new(Define("uuid", RuleKind.Format, "Is a UUID", "Every text is a UUID in its form with hyphens.",
            "valid_format uuid, expect_column_values_to_be_valid_uuid", Texts)) { Bind = Uuid },
        new(Define("iban", RuleKind.Format, "Is an IBAN", "Every text is an account number with the length of its country and right check digits; blanks are allowed.",
            "expect_column_values_to_be_valid_iban", Texts)) { Bind = Iban },
        new(Define("luhn", RuleKind.Format, "Passes the Luhn check", "Every text has 8 to 19 digits, blanks and hyphens aside, whose last one is the Luhn check digit.",
            "containsCreditCardNumber, valid_format credit card number, mod10", Texts)) { Bind = Luhn },
        new(Define("ip_address", RuleKind.Format, "Is an IP address", "Every text is an IPv4 or IPv6 address.",
            "valid_format ip address, expect_column_values_to_be_valid_ipv4", Texts)) { Bind = IpAddress },
    ];

    private static RuleWork? Type(RuleContext context) => new NotYet();

    private static RuleWork? Json(RuleContext context) => new NotYet();

    private static RuleWork? DateFormat(RuleContext context) => new NotYet();

    private static RuleWork? Email(RuleContext context) => new NotYet();

    private static RuleWork? Url(RuleContext context) => new NotYet();

    private static RuleWork? Uuid(RuleContext context) => new NotYet();

    private static RuleWork? Iban(RuleContext context) => new NotYet();

    private static RuleWork? Luhn(RuleContext context) => new NotYet();

    private static RuleWork? IpAddress(RuleContext context) => new NotYet();
}
