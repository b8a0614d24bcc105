using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Commerce;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Finance;

/// <summary>Accounts, cards and money. Cards come from the ranges that payment networks publish for tests.</summary>
internal static class FinanceGenerators
{
    private static readonly ArgumentDefinition Network = Option("network", "Which kind of card.", "any", "any", "visa", "mastercard", "amex", "discover");

    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("finance.iban", "An account number in the country's form with right check digits.", Kinds.Text,
            [OfCountry, Flag("spaces", "Written in groups of four.", false)], "bank account, SEPA") with { Create = IbanSource.Create },
        Make("finance.bic", "A bank's code whose country agrees with the locale; the bank does not exist.", Kinds.Text, [OfCountry], "SWIFT, bank identifier") with { Create = static c => c.Country() is { } country ? PhraseSource.Create(c, new Sequence([new Literal("TEST"), new Literal(country.Code), Phrase.Parse("??XXX", static _ => null!)])) : null },
        Make("finance.accountNumber", "Digits of a bank account.", Kinds.Digits, [Integer("length", "How many digits.", 10, 4, 18)], "account") with { Create = static c => AccountNumber(c) },
        Make("finance.routingNumber", "A US bank routing number with its check digit.", Kinds.Text, [], "ABA, bank") with { Create = static c => CheckedSource.Create(c, "0!######0", Checks.Routing) },
        Words("finance.accountName", "What an account is for.", "[finance.account_type] Account", "bank, ledger"),
        Words("finance.accountType", "A kind of account.", "[finance.account_type]", "checking, savings"),
        Make("finance.amount", "An amount of money: many small ones and few large ones.", Kinds.Fraction,
            [Number("min", "The smallest.", 1, 0, 1e12), Number("max", "The greatest.", 10000, 0.01, 1e12)], "money, sum, value, balance", """{"min":1,"max":10000}""") with { Create = static c => PriceSource.Create(c, ending: false) },
        Make("finance.cardNumber", "A payment card number from a test range that passes the Luhn check and charges nobody.", Kinds.Text, [Network], "credit card, PAN, debit card") with { Create = static c => CardNumber(c) },
        Make("finance.cardMasked", "The last four digits of a card, the others starred.", Kinds.Text, [], "credit card, PAN") with { Create = static c => PhraseSource.Create(c, ["**** **** **** ####"]) },
        Words("finance.cardType", "A card network.", "[finance.card_type]", "visa, mastercard, scheme"),
        Make("finance.cardExpiry", "Month and year in which a card ends, in the next five years.", Kinds.Text, [], "expiry, valid thru") with { Create = CardExpirySource.Create },
        Words("finance.cardCvv", "The security code of a card.", "###", "CVC, CVV2"),
        Words("finance.pin", "A number of four digits.", "####", "code, passcode"),
        Words("finance.currencyCode", "A currency by its three-letter code.", "[finance.currency_code]", "ISO 4217, EUR, USD"),
        Words("finance.currencyName", "A currency by its name.", "[finance.currency_name]", "money"),
        Words("finance.currencySymbol", "The sign of a currency.", "[finance.currency_symbol]", "€, $"),
        Words("finance.transactionType", "A kind of transaction.", "[finance.transaction_type]", "deposit, withdrawal, payment"),
        Words("finance.transactionDescription", "A line of a bank statement.", "[finance.statement] [name.last_name] ###### || [finance.statement] [name.last_name] & [name.last_name]", "purpose, statement, reference"),
        Make("finance.vatId", "A VAT number in the country's form with right check digits.", Kinds.Text, [OfCountry], "tax id, USt-IdNr") with { Create = TaxIds.OfCompany },
        Words("finance.invoiceNumber", "An invoice's number.", "INV-######## || RE-########", "bill"),
        Words("finance.merchantCategory", "A merchant category code.", "[finance.mcc]", "MCC"),
        Make("finance.isin", "A security's number with its check digit.", Kinds.Text, [], "stock, bond, security") with { Create = static c => CheckedSource.Create(c, "US0#######00 || DE000#####00 || GB00######00 || FR00######00", static t => Checks.Isin(t)) },
        Make("finance.lei", "A legal entity identifier with its check digits.", Kinds.Text, [], "company, legal entity") with { Create = static c => CheckedSource.Create(c, "529900############00", Checks.Lei) },
        Make("finance.creditScore", "A score between 300 and 850, distributed as among borrowers.", Kinds.Whole, [], "rating, FICO") with { Create = static c => DistributionSource.Create(c, static () => Distributions.Normal(690, 90), 300, 850) },
        Words("finance.ethereumAddress", "A wallet's address.", "0x~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "crypto, wallet, blockchain"),
        Words("finance.riskClass", "A class of risk.", "[finance.risk]", "rating, AAA"),
        Words("finance.loanPurpose", "What a loan is for.", "[finance.loan_purpose]", "credit, mortgage"),
        Words("finance.insuranceType", "A kind of insurance.", "[finance.insurance]", "policy, cover"),
    ];

    private static ValueSource? AccountNumber(SourceContext context)
    {
        var length = (int)context.Integer("length");
        return context.Failed() ? null : PhraseSource.Create(context, new Sequence([new Characters(Characters.FirstDigits, 1), new Characters(Characters.Digits, length - 1)]));
    }

    // The prefixes of the numbers that networks and payment providers publish for tests.
    private static ValueSource? CardNumber(SourceContext context)
    {
        var network = context.Option("network");
        return context.Failed() ? null : CheckedSource.Create(context, network switch
        {
            "visa" => "411111#########0 || 424242#########0 || 400000#########0",
            "mastercard" => "555555#########0 || 545454#########0 || 222300#########0",
            "amex" => "378282########0 || 371449########0",
            "discover" => "601111#########0 || 601100#########0",
            _ => "411111#########0 || 424242#########0 || 555555#########0 || 545454#########0 || 378282########0 || 601111#########0",
        }, Checks.Luhn);
    }
}
