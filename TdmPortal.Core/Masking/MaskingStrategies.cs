using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What each <see cref="MaskingStrategy"/> does with each kind of personal data in columns of each type.</summary>
public static class MaskingStrategies
{
    // Maskers of texts, in the order of PersonalKinds.All: pseudonymise, anonymise, generalise. @ stands for the generator of that name,
    // drawn by the row's key alone, so that nothing of the original is in it; what does not fit a column falls back by its type.
    private static readonly Dictionary<string, (string Pseudonymise, string Anonymise, string Generalise)> Texts = new(StringComparer.Ordinal)
    {
        ["first_name"] = ("first_name", "@person.firstName", "partial:custom1"),
        ["middle_name"] = ("first_name", "@person.middleName", "partial:custom1"),
        ["last_name"] = ("last_name", "@person.lastName", "partial:custom1"),
        ["full_name"] = ("full_name", "@person.fullName", "partial:custom1"),
        ["initials"] = ("initials", "@person.initials", "redact"),
        ["user_name"] = ("user_name", "@internet.userName", "partial:custom1"),
        ["signature"] = ("redact", "redact", "redact"),
        ["photo"] = ("redact", "redact", "redact"),
        ["customer_number"] = ("fpe", "redact", "partial:id"),
        ["email"] = ("email", "@internet.email", "partial:email"),
        ["phone"] = ("phone", "@phone.mobile", "partial:phone"),
        ["address"] = ("address", "@address.full", "redact"),
        ["street"] = ("street", "@address.street", "redact"),
        ["house_number"] = ("scramble", "@address.buildingNumber", "redact"),
        ["postcode"] = ("postcode", "@address.postcode", "prefix:2"),
        ["city"] = ("city", "@address.city", "shuffle"),
        ["region"] = ("region", "@address.region", "shuffle"),
        ["country"] = ("shuffle", "shuffle", "shuffle"),
        ["national_id"] = ("national_id", "@person.nationalId", "partial:id"),
        ["social_security"] = ("national_id", "@person.nationalId", "partial:id"),
        ["tax_id"] = ("national_id", "@person.nationalId", "partial:id"),
        ["passport"] = ("fpe", "redact", "partial:id"),
        ["driving_licence"] = ("fpe", "redact", "partial:id"),
        ["vehicle_plate"] = ("plate", "@vehicle.licensePlate", "prefix:2"),
        ["vin"] = ("vin", "@vehicle.vin", "prefix:3"),
        ["iban"] = ("iban", "@finance.iban", "partial:id"),
        ["bank_account"] = ("fpe", "@finance.accountNumber", "partial:id"),
        ["card"] = ("card", "@finance.cardNumber", "partial:card"),
        ["card_expiry"] = ("scramble", "@finance.cardExpiry", "redact"),
        ["wallet"] = ("fpe", "@finance.ethereumAddress", "partial:id"),
        ["ip"] = ("ip", "@internet.ipv4", "prefix:3"),
        ["mac"] = ("mac", "@internet.mac", "prefix:8"),
        ["device_id"] = ("fpe", "redact", "partial:id"),
        ["cookie"] = ("scramble", "redact", "redact"),
        ["user_agent"] = ("shuffle", "@internet.userAgent", "shuffle"),
        ["url"] = ("url", "@internet.url", "partial:url"),
        ["geo"] = ("geo", "geo:0", "geo"),
        ["latitude"] = ("geo", "geo:0", "geo"),
        ["longitude"] = ("geo", "geo:0", "geo"),
        ["whereabouts"] = ("city", "@address.city", "redact"),
        ["birth_place"] = ("city", "@address.city", "shuffle"),
        ["age"] = ("age_band", "age_band", "age_band"),
        ["job_title"] = ("shuffle", "@person.jobTitle", "shuffle"),
        ["employer"] = ("company", "@company.name", "shuffle"),
        ["password"] = ("password", "redact", "redact"),
        ["secret"] = ("password", "redact", "redact"),
        ["card_code"] = ("scramble", "redact", "redact"),
        ["security_question"] = ("redact", "redact", "redact"),
        ["free_text"] = ("free_text", "redact", "free_text"),
    };

    /// <summary>The rule for a column. It always fits the column: a masker that refuses it gives way to a simpler one.</summary>
    /// <param name="kind">Name of a <see cref="PersonalKind"/>; one that is not known is masked by its type.</param>
    /// <param name="column">Of an array, the description of the column itself.</param>
    /// <param name="primaryKey">Fields of the entity's primary key; empty where there is none, and then nothing is shuffled.</param>
    /// <param name="unique">Whether its values must stay all different.</param>
    public static MaskingRule Rule(MaskingStrategy strategy, string kind, ColumnDescription column, IReadOnlyList<string> primaryKey, bool unique = false)
    {
        // What masks a column by the row's key cannot mask that key itself.
        var hasKey = primaryKey.Count > 0 && !primaryKey.Contains(column.Name) && !column.IsArray;
        foreach (var choice in Choices(strategy, kind, column, unique))
        {
            var (masker, args) = Parse(choice, primaryKey);
            var needsKey = masker is "shuffle" or "boolean" || choice.StartsWith('@');
            if ((!needsKey || hasKey) && (!choice.StartsWith('@') || primaryKey.Count == 1) && Fits(masker, args, column, primaryKey, unique))
                return new() { Personal = kind, Masker = masker, Args = args };
        }

        return new() { Personal = kind, Masker = RedactMasker.Definition.Name };
    }

    /// <summary>What is tried, best first.</summary>
    private static IEnumerable<string> Choices(MaskingStrategy strategy, string kind, ColumnDescription column, bool unique)
    {
        if (unique)
        {
            // A key stays a key: only what is one-to-one is tried.
            if (Texts.TryGetValue(kind, out var best) && MaskerCatalogue.Find(best.Pseudonymise) is { } masker && masker.Traits.HasFlag(MaskerTraits.OneToOne))
                yield return Chosen(best.Pseudonymise, column);
            yield return "uuid";
            if (column.Type != FieldType.String)
                yield return "fpe";
            yield return "fpe:permute";
            if (column.Type is FieldType.Date or FieldType.Timestamp)
                yield return "date_shift";
            if (column.Type == FieldType.Decimal)
                yield return "rank";
            yield return "shuffle";
        }

        if (column.Type is FieldType.String or FieldType.Integer or FieldType.Double or FieldType.Decimal && Texts.TryGetValue(kind, out var texts))
            yield return strategy switch { MaskingStrategy.Pseudonymise => Chosen(texts.Pseudonymise, column), MaskingStrategy.Anonymise => texts.Anonymise, _ => texts.Generalise };
        foreach (var choice in ByType(strategy, kind, column))
            yield return choice;
    }

    /// <summary>How short a column's texts are, only its rows tell: those too short for FF1 are permuted, and the decision says so.</summary>
    private static string Chosen(string masker, ColumnDescription column) => masker == "fpe" && column.Type == FieldType.String ? "fpe:permute" : masker;

    private static IEnumerable<string> ByType(MaskingStrategy strategy, string kind, ColumnDescription column)
    {
        var pseudonymise = strategy == MaskingStrategy.Pseudonymise;
        var isMeasure = kind is "salary" or "credit_score" or "age";
        return column.Type switch
        {
            FieldType.String when PersonalKinds.Find(kind)?.Category is PersonalCategory.Special or PersonalCategory.Demographic => pseudonymise ? ["shuffle", "redact"] : ["redact"],
            FieldType.String => pseudonymise ? ["scramble"] : ["redact"],
            FieldType.Integer or FieldType.Decimal or FieldType.Double when isMeasure => pseudonymise ? ["noise", "range"] : [kind == "salary" ? "range:10000" : "range:10"],
            FieldType.Integer => pseudonymise ? ["fpe", "fpe:permute"] : ["redact"],
            FieldType.Decimal or FieldType.Double => pseudonymise ? ["noise", "redact"] : ["redact"],
            FieldType.Boolean => ["boolean", "redact"],
            FieldType.Date or FieldType.Timestamp => pseudonymise ? ["date_shift"] : [kind is "birth_date" || strategy == MaskingStrategy.Anonymise ? "generalise_date:year" : "generalise_date:month"],
            FieldType.Time => pseudonymise ? ["jitter"] : ["redact"],
            FieldType.Uuid => pseudonymise ? ["uuid"] : ["redact"],

            // What is special or secret as a whole goes; else each member becomes what it becomes in a column of its own.
            FieldType.Json when strategy != MaskingStrategy.Anonymise && PersonalKinds.Find(kind)?.Category is not (PersonalCategory.Special or PersonalCategory.Credential) => ["json:find"],
            _ => ["redact"],
        };
    }

    private static (string Masker, ArgumentValues Args) Parse(string choice, IReadOnlyList<string> primaryKey)
    {
        if (choice.StartsWith('@'))
            return ("generate", MaskerForm.Read($$"""{"generator":"{{choice[1..]}}","by":"{{(primaryKey.Count == 0 ? "" : primaryKey[0])}}"}"""));
        var colon = choice.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? choice : choice[..colon];
        var detail = colon < 0 ? "" : choice[(colon + 1)..];
        return (name, MaskerForm.Read((name, detail) switch
        {
            ("partial", "custom1") => """{"style":"custom","first":1}""",
            ("partial", _) => $$"""{"style":"{{detail}}"}""",
            ("prefix", _) => $$"""{"length":{{detail}}}""",
            ("geo", { Length: > 0 }) => $$"""{"digits":{{detail}}}""",
            ("range", { Length: > 0 }) => $$"""{"size":{{detail}}}""",
            ("generalise_date", _) => $$"""{"to":"{{detail}}"}""",
            ("json", _) => """{"others":"find"}""",
            ("fpe", "permute") => """{"small":"permute"}""",
            ("date_shift", _) when primaryKey.Count == 1 => $$"""{"person":"{{primaryKey[0]}}"}""",
            _ => "{}",
        }));
    }

    /// <summary>Whether the masker takes the column: tried out, with a key that is used for nothing else.</summary>
    private static bool Fits(string name, ArgumentValues args, ColumnDescription column, IReadOnlyList<string> primaryKey, bool unique)
    {
        if (MaskerCatalogue.Find(name) is not { } definition || !definition.Types.Contains(column.Type))
            return false;
        var context = new MaskerContext(definition, column with { IsArray = false }, args, Trial)
        {
            Columns = [column, .. primaryKey.Where(field => field != column.Name).Select(field => new ColumnDescription(field, FieldType.Integer, Nullable: false) { SqlType = "bigint" })],
            PrimaryKey = primaryKey,
            Unique = unique,
        };
        return definition.Create(context) is not null && !context.Failed();
    }

    private static readonly MaskingKey Trial = MaskingKey.FromBytes(new byte[MaskingKey.Size]);
}
