using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Quality;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Properties of any dataset, by FsCheck: documents are drawn at random, with all types of fields and relationships.</summary>
public sealed class MeasuringPropertyTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    [Fact]
    [Trait("Requirement", "D5")]
    public void Compare_AnyDatasetWithItself_IsOneInEverySimilarity() => RandomSchemas.Check(12, document =>
    {
        var profile = Profile(document, new PlanSource(RandomSchemas.Plan(document)), 1);
        var report = ReferenceComparison.Compare(document, "itself", DatasetProfile.FromBytes(profile.ToBytes()), profile);
        Assert.True(report.Score is null or 1, $"{report.Score}");
        Assert.All(report.Properties.Where(property => property.InScore).SelectMany(property => property.Details), detail => Assert.True(detail.Value is null or 1, detail.ToString()));
    });

    [Fact]
    public void Run_AnyDatasetByAnyNumberOfThreads_GivesTheSameBytes() => RandomSchemas.Check(6, document =>
    {
        var source = new PlanSource(RandomSchemas.Plan(document));
        var expected = Profile(document, source, 1).ToBytes();
        Assert.All([2, 8], threads => Assert.True(expected.AsSpan().SequenceEqual(Profile(document, source, threads).ToBytes()), $"{threads} threads"));
    });

    /// <summary>Rows that were stored and read back are, to every figure, those that the engine makes.</summary>
    [Fact]
    public async Task Run_StoredVersion_GivesWhatThePlanGives()
    {
        var dataset = await portal.ShopAsync("measured", customers: 150, orders: 110_000);
        var version = dataset.Current!;
        var document = Plans.Read(DatasetPortal.Shop);
        var plan = Plans.Compile(document, new() { Seed = 1, AsOf = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Rows = new Dictionary<string, long> { ["customer"] = 150, ["order"] = 110_000 } });
        var stored = new StoredSource(portal.Database, portal.Tester, "checkout_measured__v1", version.Entities);
        var (made, read) = (Profile(document, new PlanSource(plan), 2), Profile(document, stored, 2));
        Assert.All(made.Entities, entity => Assert.True(Bytes(entity).AsSpan().SequenceEqual(Bytes(read.Entity(entity.Name)!)), entity.Name));
        Assert.Equal(1, read.Relationships.Single().Integrity);
        Assert.Equal(150, read.Relationships.Single().Children.Count);

        static byte[] Bytes(EntityProfile entity) => new DatasetProfile([entity], [], []).ToBytes();
    }

    private static DatasetProfile Profile(SchemaDocument document, RowSource source, int threads)
    {
        var profiler = new DatasetProfiler(document, source.Entities, QualityLevel.Premium);
        foreach (var entity in source.Entities)
            RowPasses.Run(source, entity, profiler.PassesOf(entity.Name), threads, cancellation: TestContext.Current.CancellationToken);
        return profiler.Complete();
    }
}
