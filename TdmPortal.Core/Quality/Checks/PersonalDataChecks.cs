using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Texts that could be somebody's.</summary>
internal static class PersonalDataChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("no_personal_data", RuleKind.Business, "Holds no personal data in clear",
            "No text holds an e-mail address outside of the domains that are reserved for examples (example.com, .net, .org, .test, .example, .invalid, .localhost), a payment card of 13 to 19 digits that passes the Luhn check and is none of the networks' test numbers, an IBAN with right check digits, or a US social security number in its form with hyphens.",
            "PII, containsEmail, containsCreditCardNumber, containsSocialSecurityNumber", [Schemas.FieldType.String, Schemas.FieldType.Json],
            Flag("emails", "Looks for e-mail addresses.", true), Flag("cards", "Looks for payment cards.", true),
            Flag("ibans", "Looks for account numbers.", true), Flag("ssns", "Looks for US social security numbers.", true)) with { MostColumns = 16 }) { Bind = NoPersonalData },
    ];

    private static RuleWork? NoPersonalData(RuleContext context) => new NotYet();
}
