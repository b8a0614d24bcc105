using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

public sealed class KeyedPermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(65537)]
    public void Map_AllValues_IsABijectionThatInvertUndoes(ulong size)
    {
        foreach (var key in new ulong[] { 0, 1, 0xDEADBEEF })
        {
            var permutation = new KeyedPermutation(key, size);
            var seen = new bool[size];
            for (ulong value = 0; value < size; value++)
            {
                var mapped = permutation.Map(value);
                Assert.False(seen[mapped]);
                seen[mapped] = true;
                Assert.Equal(value, permutation.Invert(mapped));
            }
        }
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData((1UL << 62) - 57)]
    [InlineData(1_000_000_000_007)]
    public void Map_LargeDomains_IsUndoneByInvert(ulong size)
    {
        var permutation = new KeyedPermutation(42, size);
        foreach (var value in new ulong[] { 0, 1, 12345, size / 2, size - 1 })
        {
            Assert.InRange(permutation.Map(value), 0UL, size - 1);
            Assert.Equal(value, permutation.Invert(permutation.Map(value)));
        }
    }

    [Fact]
    public void Map_Neighbours_LandAnywhere()
    {
        // The distance between the images of neighbours, in 16 classes: 15 degrees of freedom, 0.1 %.
        const int size = 160_000;
        var permutation = new KeyedPermutation(7, size);
        var classes = new double[16];
        for (ulong value = 0; value + 1 < size; value++)
            classes[(permutation.Map(value + 1) + size - permutation.Map(value)) % size * 16 / size]++;
        Assert.InRange(ChiSquare.Statistic(classes, [.. Enumerable.Repeat((size - 1) / 16.0, 16)]), 0, 37.7);
    }
}
