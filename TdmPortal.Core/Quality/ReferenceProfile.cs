using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>Measures rows that others are compared with: a sample, another version.</summary>
public static class ReferenceProfile
{
    /// <summary>Reads all rows once. Blocks; call it where blocking is fine.</summary>
    /// <param name="document">Of the rows that will be compared: its names, keys and relationships count.</param>
    /// <returns>For <see cref="Inspection.Complete"/>.</returns>
    public static byte[] Of(SchemaDocument document, RowSource source, QualityLevel level, int threads = 1, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var profiler = new DatasetProfiler(document, source.Entities, level);
        foreach (var entity in source.Entities)
            RowPasses.Run(source, entity, profiler.PassesOf(entity.Name), threads, progress, cancellation);
        return profiler.Complete().ToBytes();
    }
}
