using TdmPortal.Core.Generators.Finance;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Companies;

/// <summary>Businesses and what they say of themselves.</summary>
internal static class CompanyGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("company.name", "The name of a company.", "[name.last_name] [company.suffix] || [name.last_name] & [name.last_name] || [name.last_name], [name.last_name] & [name.last_name]", "organization, business, firm, employer, brand"),
        Words("company.suffix", "A legal form.", "[company.suffix]", "Inc, GmbH, Ltd"),
        Words("company.catchPhrase", "What marketing would say of a product.", "[company.adjective] [company.descriptor] [company.noun]", "slogan, claim, tagline"),
        Words("company.buzzPhrase", "What management would say of a plan.", "[company.bs_verb] [company.bs_adjective] [company.bs_noun]", "bs, buzzword, mission"),
        Words("company.industry", "A line of business.", "[company.industry]", "sector, branch"),
        Words("company.department", "A department of a company.", "[company.department]", "team, division, unit"),
        Words("company.size", "A class of headcount.", "[company.size]", "employees, headcount"),
        Make("company.vatId", "A VAT number in the country's form with right check digits.", Kinds.Text, [OfCountry], "tax id, USt-IdNr, VAT, EIN") with { Create = TaxIds.OfCompany },
        Words("company.domain", "A company's domain under a reserved one.", "[internet.word]-[internet.word].[internet.reserved]", "website, host"),
        Words("company.position", "A role in a company.", "[company.position]", "CEO, officer, title"),
        Words("company.ticker", "A stock's symbol.", "??? || ????", "stock, symbol, exchange"),
        Words("company.costCenter", "A cost centre.", "CC-####", "accounting, controlling"),
    ];
}
