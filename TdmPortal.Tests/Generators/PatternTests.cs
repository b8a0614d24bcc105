using System.Text.RegularExpressions;
using TdmPortal.Core.Generators.Patterns;
using Xunit;

namespace TdmPortal.Tests.Generators;

public sealed class PatternTests
{
    [Theory]
    [InlineData("[A-C]{2}", 9)]
    [InlineData("a|b|ab", 3)]
    [InlineData("(a|b)(a|b)?", 6)]
    [InlineData("a?a?a?", 4)]
    [InlineData("(ab|a)(c|bc)", 3)]
    [InlineData("x*", 17)]
    [InlineData("x+", 16)]
    [InlineData("[0-9]{3}-(foo|bar)", 2000)]
    [InlineData("[^\\x20-\\x7D]", 1)]
    [InlineData("ä[ö-ü]", 7)]
    public void Count_OfAPattern_CountsDistinctTexts(string pattern, int count)
    {
        var space = PatternSpace.Create(pattern);

        Assert.Equal((UInt128)count, space.Count);
        var texts = Running.Rows("pattern", count, $$"""{"regex":{{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""", unique: true);
        Assert.Equal(count, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text => Assert.Matches($"^(?:{pattern})$", text));
    }

    [Theory]
    [InlineData("[a-z]{4,8}(-[0-9]{2})?")]
    [InlineData("(?:SKU|ART)-\\d{4}[A-F]?")]
    [InlineData("\\w+@\\w{2,5}\\.example")]
    public void Draw_OfAPattern_MatchesAndVariesInLength(string pattern)
    {
        var texts = Running.Rows("pattern", 500, $$"""{"regex":{{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""");

        Assert.All(texts, text => Assert.Matches(new Regex($"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(5)), text));
        Assert.True(texts.Select(text => text.Length).Distinct().Count() > 1);
    }

    [Fact]
    public void Within_AMaxLength_CountsTheShorterTextsOnly()
    {
        var space = PatternSpace.Create("[ab]{1,6}").Within(3)!;

        Assert.Equal((UInt128)(2 + 4 + 8), space.Count);
        Assert.All(Running.Rows("pattern", 14, """{"regex":"[ab]{1,6}"}""", maxLength: 3, unique: true), text => Assert.InRange(text.Length, 1, 3));
    }

    [Theory]
    [InlineData("(?=a)b", "looks around")]
    [InlineData("(a)\\1", "back reference")]
    [InlineData("[z-a]", "backwards")]
    [InlineData("a{5,2}", "quantifier")]
    [InlineData("[abc", "without its ]")]
    [InlineData("([a-m][0-9a-z]{1,40}[n-z]){1,40}[a-z0-9]{0,400}", "10,000 states")]
    public void Create_OfWhatCannotBeGenerated_SaysWhy(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => PatternSpace.Create(pattern)).Message, StringComparison.Ordinal);
}
