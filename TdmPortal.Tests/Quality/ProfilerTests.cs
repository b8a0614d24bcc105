using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Quality;

public sealed class ProfilerTests
{
    [Fact]
    public void PassOf_Integers_CountsWhatWasWorkedOutByHand()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5; squared differences 9+1+1+1+0+0+4+16 = 32, sample deviation sqrt(32/7); cubed
        // -27-1-1-1+0+0+8+64 = 42, skewness sqrt(8) * 42 / 32^1.5 = 0.65625.
        var column = Profile(FieldType.Integer, [2L, 4L, null, 4L, 4L, 5L, 5L, 7L, null, 9L]).Profile;
        Assert.Equal((10, 2, 0, 5L, 0.0), (column.Rows, column.Nulls, column.Empty, column.Distinct!.Value, column.DistinctError));
        Assert.Equal(("2", "9"), (column.Min, column.Max));
        Assert.Equal(5, column.Mean!.Value, 12);
        Assert.Equal(Math.Sqrt(32.0 / 7), column.StandardDeviation!.Value, 12);
        Assert.Equal(0.65625, column.Skewness!.Value, 12);
        Assert.Equal(["2", "2", "4", "4", "5", "9", "9"], column.Quantiles.Select(quantile => quantile.Text));
        Assert.Equal(("4", 3L), (column.Top[0].Value, column.Top[0].Count));
        Assert.True(column.TopIsAll);
        Assert.Null(column.Lengths);
    }

    [Fact]
    public void PassOf_Texts_CountsLengthsAndCharacters()
    {
        var column = Profile(FieldType.String, ["abc", "", "ab 1", "Ünï", null, " x", "a-b", "😀", "tab\t"]).Profile;
        Assert.Equal((9, 1, 1, 8L), (column.Rows, column.Nulls, column.Empty, column.Distinct!.Value));
        Assert.Equal((0, 4), (column.Lengths!.Min, column.Lengths.Max));
        Assert.Equal((3 + 0 + 4 + 3 + 2 + 3 + 1 + 4) / 8.0, column.Lengths.Mean, 12);
        Assert.Equal(new CharacterProfile(Letters: 6, Digits: 1, Spaces: 3, Punctuation: 2, NonAscii: 2, Spaced: 2, Control: 1), column.Characters);
        Assert.Equal(("", "😀"), (column.Min, column.Max));
        Assert.Null(column.Mean);
    }

    [Fact]
    public void PassOf_EveryKindOfColumn_ShowsTextsAsTheGridDoes()
    {
        Assert.Equal(("false", "true"), Ends(FieldType.Boolean, [1L, 0L, 1L]));
        Assert.Equal(("1969-12-31", "2020-02-29"), Ends(FieldType.Date, [18321L, -1L]));
        Assert.Equal(("1970-01-01T00:00:00Z", "1970-01-01T00:00:01.5Z"), Ends(FieldType.Timestamp, [0L, 1_500_000L]));
        Assert.Equal(("-0.50", "12.34"), Ends(FieldType.Decimal, [1234L, -50L]));
        Assert.Equal(("-2.5", "1E+300"), Ends(FieldType.Double, [1e300, -2.5]));
        Assert.Equal(("00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"), Ends(FieldType.Uuid, [(Int128)(-1), (Int128)1]));
        Assert.Equal(1.5 / 2, Profile(FieldType.Timestamp, [0L, 1_500_000L]).Profile.Mean!.Value, 12);
        Assert.Equal(5.92, Profile(FieldType.Decimal, [1234L, -50L]).Profile.Mean!.Value, 12);
        var arrays = new MemorySource().Add("t", [MemorySource.Column("c", FieldType.String) with { IsArray = true }], [[new[] { "a", "b" }], [Array.Empty<string>()], [null]]);
        var array = Profile(arrays).Profile;
        Assert.Equal((1, 1, 0, 2, null), (array.Nulls, array.Empty, array.Lengths!.Min, array.Lengths.Max, array.Distinct));
        static (string?, string?) Ends(FieldType type, object?[] values) => Profile(type, values).Profile is var profile ? (profile.Min, profile.Max) : default;
    }

    [Fact]
    public void PassOf_NoRowsOrOnlyNulls_KnowsNothing()
    {
        foreach (var type in Enum.GetValues<FieldType>())
        {
            var (empty, nulls) = (Profile(type, []).Profile, Profile(type, [null, null]).Profile);
            Assert.Equal((0L, 0L, null, null), (empty.Rows, empty.Distinct, empty.Min, empty.Mean));
            Assert.Equal((2L, 2L, 0L, null, null), (nulls.Rows, nulls.Nulls, nulls.Distinct, nulls.Min, nulls.Histogram));
        }
    }

    [Fact]
    public void PassOf_Basic_CountsStructureOnly()
    {
        var column = Profile(MemorySource.Of(FieldType.String, ["a", "", null]), QualityLevel.Basic).Profile;
        Assert.Equal((3L, 1L, 1L, null, 0), (column.Rows, column.Nulls, column.Empty, column.Distinct, column.Top.Count));
    }

    /// <summary>Independent of it: sums of decimals, which have 28 digits, and a sorted list.</summary>
    [Fact]
    public void PassOf_ManyDifferentNumbers_AgreesWithAnIndependentCalculation()
    {
        // A million apart from zero with a small spread is where a plain sum of squares loses all digits.
        var numbers = Enumerable.Range(0, 250_000).Select(i => 1_000_000_000L + (long)(Randomness.Cell(7, i) % 1000 * (Randomness.Cell(8, i) % 1000))).ToList();
        var column = Profile(FieldType.Integer, numbers.Select(number => (object?)number));
        var mean = numbers.Sum(number => (decimal)number) / numbers.Count;
        var variance = numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Count - 1);
        var third = numbers.Sum(number => (number - mean) * (number - mean) * (number - mean)) / numbers.Count;
        Assert.Equal((double)mean, column.Profile.Mean!.Value, 5);
        Assert.Equal(Math.Sqrt((double)variance), column.Profile.StandardDeviation!.Value, 4);
        Assert.Equal((double)third / Math.Pow((double)variance * (numbers.Count - 1) / numbers.Count, 1.5), column.Profile.Skewness!.Value, 6);
        Assert.Equal(numbers.Count, column.Profile.Histogram!.Counts.Sum());
        Assert.Equal(column.Profile.Histogram.Counts.Count + 1, column.Profile.Histogram.Edges.Count);
        numbers.Sort();
        Assert.All(column.Profile.Quantiles, quantile =>
        {
            var (low, high) = (numbers.FindIndex(number => number >= quantile.Value), numbers.FindLastIndex(number => number <= quantile.Value));
            Assert.InRange(quantile.Share, ((double)low / numbers.Count) - 0.016, ((double)(high + 1) / numbers.Count) + 0.016);
        });
        var distinct = numbers.Distinct().Count();
        Assert.InRange(column.Profile.Distinct!.Value, distinct * (1 - (4 * column.Profile.DistinctError)), distinct * (1 + (4 * column.Profile.DistinctError)));
        Assert.True(column.Profile.DistinctError > 0);
    }

    [Fact]
    public void PassOf_AscendingKey_CountsEachOnce()
    {
        var column = Profile(FieldType.Integer, Enumerable.Range(0, 120_000).Select(i => (object?)(i * 3L))).Profile;
        Assert.Equal((120_000L, 0.0), (column.Distinct!.Value, column.DistinctError));
        var twice = Profile(FieldType.Integer, Enumerable.Range(0, 120_000).Select(i => (object?)(i * 3L - (i == 99_000 ? 3 : 0)))).Profile;
        Assert.True(twice.DistinctError > 0);
    }

    /// <summary>A value that is one of fifty rows among values that occur once each is found, whatever the order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PassOf_FewFrequentAmongManyRareTexts_FindsTheFrequent(bool atTheEnd)
    {
        var values = Enumerable.Range(0, 200_000).Select(i => (atTheEnd ? i >= 196_000 : i % 50 == 49) ? "frequent" : string.Create(CultureInfo.InvariantCulture, $"rare {i}"));
        var column = Profile(FieldType.String, values).Profile;
        Assert.Equal("frequent", column.Top[0].Value);
        Assert.InRange(column.Top[0].Count, 4000 - (200_000 / 256), 4000);
        Assert.False(column.TopIsAll);
    }

    [Fact]
    [Trait("Requirement", "D5")]
    public void Run_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var document = Plans.Sample("customers-orders");
        var plan = Plans.Compile(document, new() { Rows = new Dictionary<string, long> { ["customer"] = 5000, ["order"] = 200_000 } });
        var source = new PlanSource(plan);
        var expected = Bytes(1);
        foreach (var threads in new[] { 2, 8 })
            Assert.True(expected.AsSpan().SequenceEqual(Bytes(threads)), $"{threads} threads");
        var read = DatasetProfile.FromBytes(expected);
        Assert.True(expected.AsSpan().SequenceEqual(read.ToBytes()));
        Assert.InRange(expected.Length, 1, 20 * 20_000 + 10_000 * 21 * 8);

        byte[] Bytes(int threads) => new DatasetProfile([.. source.Entities.Select(entity =>
        {
            var pass = Profiler.PassOf(entity, QualityLevel.Premium);
            Assert.Equal(entity.Rows, RowPasses.Run(source, entity, [pass], threads, cancellation: TestContext.Current.CancellationToken));
            return pass.Profile;
        })], [], []).ToBytes();
    }

    [Fact]
    public void Add_AnyBatchSize_GivesTheSameBytes()
    {
        var plan = Plans.Compile(Plans.Sample("customers-orders"), new() { Rows = new Dictionary<string, long> { ["customer"] = 2500, ["order"] = 0 } });
        var source = new PlanSource(plan);
        var entity = source.Entities[0];
        var expected = Bytes(2500);
        foreach (var size in new[] { 7, 1024 })
            Assert.True(expected.AsSpan().SequenceEqual(Bytes(size)), $"batches of {size}");

        byte[] Bytes(int size)
        {
            var pass = Profiler.PassOf(entity, QualityLevel.Premium);
            var segment = pass.Begin();
            using var reader = source.Open(entity, pass.Columns, 0, null, default);
            for (long first = 0, count; (count = reader.Read(size)) > 0; first += count)
                segment.Add(first, reader.Batch, (int)count);
            pass.Take(segment);
            return new DatasetProfile([pass.Profile], [], []).ToBytes();
        }
    }

    [Fact]
    public void FromBytes_Damaged_SaysSo() =>
        Assert.Equal("quality.profile_unreadable", Assert.Throws<Core.Errors.PortalException>(() => DatasetProfile.FromBytes([1, 2, 3, 4])).Code);

    internal static ProfiledColumn Profile(FieldType type, IEnumerable<object?> values) => Profile(MemorySource.Of(type, values));

    internal static ProfiledColumn Profile(RowSource source, QualityLevel level = QualityLevel.Standard)
    {
        var pass = Profiler.PassOf(source.Entities[0], level);
        RowPasses.Run(source, source.Entities[0], [pass], 2, cancellation: TestContext.Current.CancellationToken);
        return pass.Profile.Columns[0];
    }
}
