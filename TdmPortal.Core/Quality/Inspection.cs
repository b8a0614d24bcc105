using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>
/// Looks at a dataset once and makes its report. Rows may come from anywhere: each entity's go through
/// <see cref="PassesOf"/> first, while they are being made or read for the purpose (<see cref="Read"/>); then
/// <see cref="Complete"/> does what needs more than one pass.
/// </summary>
public sealed class Inspection(SchemaDocument document, IReadOnlyList<SourceEntity> entities, QualityRules rules, QualityLevel level, DateTimeOffset asOf)
{
    private readonly Dictionary<string, ProfilePass> profiles = entities.ToDictionary(entity => entity.Name, entity => Profiler.PassOf(entity, level), StringComparer.Ordinal);
    private readonly RuleRun rulesRun = new(document, entities, rules, asOf);
    private DatasetProfile? profile;

    /// <summary>What looks at an entity's rows; the same ones at every call.</summary>
    public IReadOnlyList<RowPass> PassesOf(string entity) => rulesRun.PassOf(entity) is { } pass ? [profiles[entity], pass] : [profiles[entity]];

    /// <summary>Sends all rows through the passes.</summary>
    public void Read(RowSource source, int threads, Action<long>? progress, CancellationToken cancellation)
    {
        foreach (var entity in entities)
            RowPasses.Run(source, entity, PassesOf(entity.Name), threads, progress, cancellation);
    }

    /// <summary>What the next report may compare with, once this one is complete; null at level basic.</summary>
    public byte[]? Profile => level == QualityLevel.Basic ? null : profile?.ToBytes();

    /// <summary>The report, once all rows went through the passes.</summary>
    /// <param name="source">The same rows, for what has to be read again.</param>
    /// <param name="reference">Its name and its <see cref="Profile"/>; null: there is none.</param>
    public QualityReport Complete(RowSource source, (string Name, byte[] Profile)? reference, Action<string>? step, CancellationToken cancellation)
    {
        _ = reference;
        cancellation.ThrowIfCancellationRequested();
        step?.Invoke("rules");
        var (results, scenarios) = rulesRun.Complete(source, null, cancellation);
        profile = new DatasetProfile([.. entities.Select(entity => profiles[entity.Name].Profile)], new Dictionary<string, Distribution>());
        var metrics = QualityScores.Metrics(results, rules.Weights);
        var report = new QualityReport { Level = level, Metrics = metrics, Rules = results, Scenarios = scenarios, Score = QualityScores.Overall(metrics), Entities = [.. profile.Entities.Select(entity => new EntityQuality { Name = entity.Name, Rows = entity.Rows, SampledRows = 0, Columns = [.. entity.Columns.Select(column => new ColumnQuality(column.Profile, []))] })] };
        return report with { Suggestions = Suggestions.Of(document, report) };
    }
}
