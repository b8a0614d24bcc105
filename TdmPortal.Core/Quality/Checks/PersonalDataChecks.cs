using TdmPortal.Core.Generation;
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

    private static RowTest? NoPersonalData(RuleContext context)
    {
        var (emails, cards, ibans, ssns) = (context.Flag("emails"), context.Flag("cards"), context.Flag("ibans"), context.Flag("ssns"));
        if (!(emails || cards || ibans || ssns))
            context.RefuseArgument("emails", "nothing is looked for.", "Turn one of the kinds on");
        var fields = context.Columns;
        return new((batch, verdicts) =>
        {
            for (var i = 0; i < verdicts.Length; i++)
            {
                var looked = false;
                foreach (var field in fields)
                {
                    var column = (TextColumn)batch[field];
                    if (column.IsNull(i))
                        continue;
                    looked = true;
                    var text = column[i];
                    if ((emails && PersonalData.HasEmail(text)) || (cards && PersonalData.HasCard(text)) || (ibans && PersonalData.HasIban(text)) || (ssns && PersonalData.HasSocialSecurityNumber(text)))
                        verdicts[i] = Verdict.Fails;
                }

                if (!looked)
                    verdicts[i] = Verdict.None;
            }
        });
    }
}
