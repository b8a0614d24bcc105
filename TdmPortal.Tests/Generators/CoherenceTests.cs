using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Vocabulary;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Fields of one row that belong together agree, whatever they are called.</summary>
public sealed class CoherenceTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("cz")]
    [InlineData("ja")]
    public void Person_OfARow_HasOneName(string locale)
    {
        var (first, last) = (Running.Rows("person.firstName", 200, locale: locale, field: "a"), Running.Rows("person.lastName", 200, locale: locale, field: "b"));
        var full = Running.Rows("person.fullName", 200, locale: locale, field: "c");

        for (var row = 0; row < 200; row++)
            Assert.Equal(locale == "ja" ? $"{last[row]} {first[row]}" : $"{first[row]} {last[row]}", full[row]);
    }

    [Fact]
    public void Person_NamedByOf_IsAnotherOne()
    {
        var (own, other) = (Running.Rows("person.fullName", 200), Running.Rows("person.fullName", 200, """{"of":"recipient"}"""));

        Assert.True(own.Zip(other).Count(pair => pair.First == pair.Second) < 5);
    }

    [Fact]
    public void Gender_OfARow_FitsTheFirstName()
    {
        var names = PersonNames.Of("de");
        var lists = names.First.Select(list => list.Texts().ToHashSet()).ToArray();

        foreach (var (name, gender) in Running.Rows("person.firstName", 300, locale: "de").Zip(Running.Rows("person.gender", 300, locale: "de")))
            Assert.Contains(name, lists[gender == "male" ? 0 : 1]);
    }

    [Fact]
    public void Email_OfARow_HoldsTheName()
    {
        var last = Running.Rows("person.lastName", 200, locale: "de", field: "last");
        var email = Running.Rows("internet.email", 200, locale: "de", field: "email", unique: true);

        for (var row = 0; row < 200; row++)
            Assert.Contains(Transliteration.ToAscii(last[row], "de"), email[row], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(24)]
    [InlineData(19)]
    public void Email_UniqueWithinMaxLength_FitsAndDiffers(int maxLength)
    {
        var emails = Running.Rows("internet.email", 20_000, maxLength: maxLength, unique: true);

        Assert.Equal(20_000, emails.Distinct(StringComparer.Ordinal).Count());
        Assert.All(emails, email => Assert.True(email.Length <= maxLength, email));
        Assert.Equal(emails.Take(500), Running.Rows("internet.email", 500, maxLength: maxLength, unique: true));
    }

    [Fact]
    public void Place_OfARow_IsOnePlace()
    {
        var (city, region, postcode, street) = (Running.Rows("address.city", 100), Running.Rows("address.regionCode", 100), Running.Rows("address.postcode", 100), Running.Rows("address.street", 100));

        var full = Running.Rows("address.full", 100);

        for (var row = 0; row < 100; row++)
            Assert.Equal($"{street[row]}, {city[row]}, {region[row]} {postcode[row]}", full[row]);
    }

    [Fact]
    public void Age_OfARow_FollowsFromTheBirthday()
    {
        var asOf = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var (birthday, age) in Running.Rows("person.birthDate", 300).Zip(Running.Rows("person.age", 300)))
        {
            var born = DateTime.Parse(birthday, System.Globalization.CultureInfo.InvariantCulture);
            var years = int.Parse(age, System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(years, 18, 80);
            Assert.True(born.AddYears(years) <= asOf && born.AddYears(years + 1) > asOf, birthday);
        }
    }

    [Fact]
    public void Names_OfEveryLocale_AreThere()
    {
        foreach (var (name, _) in GeneratorCatalogue.Locales)
            Assert.True(Running.Rows("person.fullName", 200, locale: name).Distinct(StringComparer.Ordinal).Count() > 150, name);
    }
}
