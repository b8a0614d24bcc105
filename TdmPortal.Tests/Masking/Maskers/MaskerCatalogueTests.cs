using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

public sealed class MaskerCatalogueTests
{
    public static TheoryData<string> Names => [.. MaskerCatalogue.All.Select(masker => masker.Name)];

    [Fact]
    public void Nearest_MistypedName_IsTheOneMeant()
    {
        Assert.Equal("email", MaskerCatalogue.Nearest("emial"));
        Assert.Null(MaskerCatalogue.Find("emial"));
    }

    [Theory, MemberData(nameof(Names))]
    public void Example_OfEveryMasker_Works(string name)
    {
        var definition = MaskerCatalogue.Find(name)!;
        var masked = MaskerExample.Of(definition);
        if (!definition.Traits.HasFlag(MaskerTraits.MayKeepValue))
            Assert.NotEqual(definition.ExampleValue, masked);
    }
}
