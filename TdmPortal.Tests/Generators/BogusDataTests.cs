using Bogus;
using Bogus.Bson;
using TdmPortal.Core.Generators.Vocabulary;
using Xunit;

namespace TdmPortal.Tests.Generators;

public sealed class BogusDataTests
{
    [Fact]
    public void Texts_EveryListOfEveryLocale_AreAsBogusReadsThem()
    {
        var compared = 0;
        foreach (var name in Locale.All.Select(locale => locale.Name).Where(Database.LocaleResourceExists))
            Compare(name, (BObject)Database.GetLocale(name), "");
        Assert.True(compared > 1000, $"{compared} lists");

        void Compare(string name, BObject document, string path)
        {
            foreach (var key in document.Keys)
            {
                if (document[key] is BObject inner)
                {
                    Compare(name, inner, $"{path}{key}.");
                    continue;
                }

                var expected = document[key] is BArray array ? Enumerable.Range(0, array.Count).Select(i => array[i]).Where(item => item is BValue and not (BObject or BArray)).Select(item => item.StringValue).OfType<string>().ToList() : null;
                Assert.Equal(expected, BogusData.Texts(name, path + key));
                compared++;
            }
        }
    }

    [Theory]
    [InlineData("xx", "name.first_name")]
    [InlineData("en", "name.no_such_list")]
    [InlineData("en", "name")]
    [InlineData("en", "name.first_name.deeper")]
    public void Texts_WhatIsNotThere_IsNull(string locale, string path) => Assert.Null(BogusData.Texts(locale, path));
}
