using TdmPortal.Core.Generators.Numbers;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.People;

/// <summary>What describes one person; all fields of a row with the same <c>of</c> describe the same one.</summary>
internal static class PersonGenerators
{
    private static readonly ArgumentDefinition Gender = Option("gender", "Only people of this gender.", "any", "any", "female", "male");

    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("person.firstName", "A first name that fits the person's gender.", Kinds.Text, [Of, Gender], "given name, forename") with { Create = static c => NameSource.Create(c, NameSource.Part.First) },
        Make("person.lastName", "A family name, in the form that fits the person's gender.", Kinds.Text, [Of, Gender], "surname, family name") with { Create = static c => NameSource.Create(c, NameSource.Part.Last) },
        Make("person.middleName", "A second given name, or a patronymic where those are used.", Kinds.Text, [Of, Gender], "second name, patronymic") with { Create = static c => NameSource.Create(c, NameSource.Part.Middle) },
        Make("person.fullName", "First and last name in the order of the locale.", Kinds.Text, [Of, Gender], "name, customer name, contact") with { Create = FullNameSource.Create },
        Make("person.prefix", "A form of address that fits the person's gender.", Kinds.Text, [Of, Gender], "title, salutation, Mr, Mrs") with { Create = static c => NameSource.Create(c, NameSource.Part.Prefix) },
        Words("person.suffix", "A suffix to a name.", "[name.suffix]", "Jr, PhD"),
        Make("person.initials", "The first letters of first and last name.", Kinds.Text, [Of, Gender], "monogram") with { Create = PersonPartSource.Initials },
        Make("person.gender", "The person's gender: female or male.", Kinds.Text, [Of], "sex") with { Create = PersonPartSource.Gender },
        Make("person.birthDate", "A birthday that fits the person's age.", [Schemas.FieldType.Date, Schemas.FieldType.Timestamp],
            [Of, Integer("minAge", "The youngest, in years at the as-of date.", 18, 0, 120), Integer("maxAge", "The oldest.", 80, 0, 120)], "birthday, date of birth, dob") with { Create = static c => AgeSource.Create(c, birthday: true) },
        Make("person.age", "The age in years; agrees with person.birthDate of the same ages.", Kinds.Whole,
            [Of, Integer("minAge", "The youngest.", 18, 0, 120), Integer("maxAge", "The oldest.", 80, 0, 120)], "years old") with { Create = static c => AgeSource.Create(c, birthday: false) },
        Words("person.jobTitle", "What someone does for a living.", "[name.title.descriptor] [name.title.level] [name.title.job]", "profession, occupation, position, role"),
        Words("person.jobArea", "The field of a job.", "[name.title.level]", "team, function"),
        Words("person.jobLevel", "The standing of a job.", "[name.title.descriptor]", "seniority, grade"),
        Words("person.jobType", "The kind of a job.", "[name.title.job]", "profession"),
        Words("person.occupation", "A trade or profession.", "[person.occupation]", "job, work, trade"),
        Make("person.nationalId", "A national identity or tax number in the country's form with right check digits, from ranges that are not given out where there are any.", Kinds.Text, [OfCountry], "ssn, social security, tax number, NINO, PESEL, CPF, personal id") with { Create = Finance.TaxIds.OfPerson },
        Words("person.bloodType", "A blood group.", "[person.blood_type]", "medical"),
        Make("person.height", "Height in centimetres, distributed as among adults.", Kinds.Whole, [], "cm, body") with { Create = static c => DistributionSource.Create(c, static () => Distributions.Normal(171, 9), 140, 215) },
        Make("person.weight", "Weight in kilograms, distributed as among adults.", Kinds.Fraction, [], "kg, body") with { Create = static c => DistributionSource.Create(c, static () => Distributions.LogNormal(4.3, 0.19), 38, 180) },
        Words("person.maritalStatus", "Married, single and so on.", "[person.marital_status]", "civil status"),
        Words("person.education", "The highest degree.", "[person.education]", "degree, school"),
        Words("person.nationality", "A nationality.", "[person.nationality]", "citizenship"),
        Words("person.language", "A language by its English name.", "[person.language]", "mother tongue"),
        Words("person.languageCode", "A language by its two-letter code.", "[person.language_code]", "ISO 639, locale"),
        Words("person.hobby", "What someone likes to do.", "[person.hobby]", "interest, pastime"),
        Words("person.zodiacSign", "A sign of the zodiac.", "[person.zodiac]", "horoscope"),
        Words("person.bio", "A line that people write about themselves.", "[person.occupation] who likes [person.hobby_lower] || [person.occupation], [person.hobby_lower] and [person.hobby_lower] || Into [person.hobby_lower] and [person.hobby_lower]", "about, profile, description"),
    ];
}
