using System.Text.RegularExpressions;
using TdmPortal.Core.PersonalData;
using Xunit;

namespace TdmPortal.Tests.PersonalData;

public sealed partial class PersonalKindsTests
{
    [Fact]
    public void All_EachKind_IsUniqueAndNamesArticleAndParagraph()
    {
        Assert.Equal(PersonalKinds.All.Count, PersonalKinds.All.Select(kind => kind.Name).Distinct().Count());
        Assert.Equal(PersonalKinds.All.Count, PersonalKinds.All.Select(kind => kind.Title).Distinct().Count());
        Assert.All(PersonalKinds.All, kind =>
        {
            Assert.Matches(Names(), kind.Name);
            Assert.NotEqual(PersonalKinds.None, kind.Name);
            Assert.Matches(Articles(), kind.Gdpr);
            Assert.Matches(Paragraphs(), kind.Ccpa);
            Assert.Same(kind, PersonalKinds.Find(kind.Name));
        });
        Assert.Null(PersonalKinds.Find(PersonalKinds.None));
    }

    [Fact]
    public void All_SpecialCategories_AreThoseOfArticleNineAndTen() =>
        Assert.All(PersonalKinds.All, kind => Assert.Equal(kind.Category == PersonalCategory.Special, kind.Gdpr.EndsWith("Art. 9(1)", StringComparison.Ordinal) || kind.Gdpr.EndsWith("Art. 10", StringComparison.Ordinal)));

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Names();

    [GeneratedRegex(@", Art\. (4\(1\)|9\(1\)|10|32|87)( and recital 30)?$")]
    private static partial Regex Articles();

    [GeneratedRegex(@", \((v\)\(1\)\([A-L]|ae\)\([12]\)\([A-G])\)$")]
    private static partial Regex Paragraphs();
}
