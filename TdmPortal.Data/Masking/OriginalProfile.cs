using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Masking;

/// <summary>The shape of the originals, which masked rows are compared with. It holds values of theirs, so it lives in memory only.</summary>
internal sealed class OriginalProfile(SchemaDocument document, IReadOnlyList<SourceEntity> entities, QualityLevel level)
{
    private readonly DatasetProfiler profiler = new(document, entities, level);
    private readonly Dictionary<string, int> columns = entities.ToDictionary(entity => entity.Name, entity => entity.Columns.Count, StringComparer.Ordinal);

    /// <summary>For rows whose originals stand behind the masked columns.</summary>
    public IEnumerable<RowPass> PassesOf(string entity) => profiler.PassesOf(entity).Select(pass => new ShiftedPass(pass, columns[entity]));

    /// <summary>As a report takes a reference.</summary>
    public byte[] ToBytes() => profiler.Complete().ToBytes();

    /// <summary>The report without what it learned of single originals: figures stay, profiles and texts of the reference go.</summary>
    public static QualityReport Forget(QualityReport report) => report with
    {
        Entities = [.. report.Entities.Select(entity => entity with { Columns = [.. entity.Columns.Select(column => column with { Reference = null })] })],
        Fidelity = report.Fidelity is not { } fidelity ? null : fidelity with
        {
            Properties = [.. fidelity.Properties.Select(property => property with { Details = [.. property.Details.Select(detail => detail.Value is null ? detail : detail with { Why = null })] })],
        },
    };
}
