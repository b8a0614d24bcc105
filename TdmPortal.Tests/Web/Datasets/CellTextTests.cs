using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData(" a", "[·]a")]
    [InlineData("a ", "a[·]")]
    [InlineData("a  b", "a[·][·]b")]
    [InlineData(" ", "[·]")]
    [InlineData("a\tb\r\n", "a[→]b[␍][↵]")]
    [InlineData("a\u0000b", "a[␀]b")]
    [InlineData("a\u202eb", "a[U+202E]b")]
    [InlineData("a\u00a0b", "a[⍽]b")]
    [InlineData("👩\u200d💻", "👩\u200d💻")]
    [InlineData("\u200d", "[U+200D]")]
    public void Split_WhatLooksLikeNothing_IsMarked(string value, string shown) =>
        Assert.Equal(shown, string.Concat(CellText.Split(value).Select(part => part.Mark is null ? part.Text : $"[{part.Text}]")));

    [Fact]
    public void Split_LongText_IsCutBetweenCharacters()
    {
        var parts = CellText.Split("ab👩", longest: 3);

        Assert.Equal("ab…", Assert.Single(parts).Text);
    }
}
