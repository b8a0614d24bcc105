using TdmPortal.Core.Quality.Coverage;
using TdmPortal.Core.Quality.Fidelity;
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
    private readonly DatasetProfiler profiler = new(document, entities, level);
    private readonly RuleRun rulesRun = new(document, entities, rules, asOf);
    private readonly Dictionary<string, CoveragePass> coverage = level != QualityLevel.Premium ? [] : document.Entities.Join(entities, definition => definition.Name, entity => entity.Name, (definition, entity) => new CoveragePass(new(document, definition, entity, rules, asOf)), StringComparer.Ordinal).ToDictionary(pass => pass.Cases.Name, StringComparer.Ordinal);
    private DatasetProfile? profile;

    /// <summary>What looks at an entity's rows; the same ones at every call.</summary>
    public IReadOnlyList<RowPass> PassesOf(string entity) => [.. profiler.PassesOf(entity), .. rulesRun.PassOf(entity) is { } pass ? [pass] : Array.Empty<RowPass>(), .. coverage.TryGetValue(entity, out var cases) ? [cases] : Array.Empty<RowPass>()];

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
        cancellation.ThrowIfCancellationRequested();
        step?.Invoke("Checking rules");
        var (results, scenarios) = rulesRun.Complete(source, null, cancellation);
        step?.Invoke("Comparing columns and pairs");
        profile = profiler.Complete();
        var before = reference is { } known && level != QualityLevel.Basic ? DatasetProfile.FromBytes(known.Profile) : null;
        var fidelity = before is null ? null : ReferenceComparison.Compare(document, reference!.Value.Name, before, profile);
        var metrics = QualityScores.Metrics(results, rules.Weights, fidelity is null ? null : [.. fidelity.Properties.Where(property => property.InScore).Select(property => property.Score).OfType<double>()]);
        var report = new QualityReport
        {
            Level = level,
            Metrics = metrics,
            Rules = results,
            Scenarios = scenarios,
            Score = QualityScores.Overall(metrics),
            Entities = [.. profile.Entities.Select(entity => Describe(entity, before?.Entity(entity.Name), results, fidelity))],
            Fidelity = fidelity,
            Coverage = level == QualityLevel.Premium ? TestCoverage.Of(coverage.Values, profile) : null,
        };
        return report with { Suggestions = Suggestions.Of(document, report) };
    }

    private EntityQuality Describe(EntityProfile entity, EntityProfile? reference, IReadOnlyList<RuleResult> results, FidelityReport? fidelity)
    {
        var own = results.Where(result => result.Rule.Entity == entity.Name).ToList();
        var measures = (fidelity?.Properties.Where(property => property.InScore).SelectMany(property => property.Details) ?? []).Where(detail => detail.Value is not null).ToList();
        var metrics = Metrics(own, [.. measures.Where(detail => detail.Place == entity.Name || detail.Place.StartsWith(entity.Name + ".", StringComparison.Ordinal)).Select(detail => detail.Value!.Value)]);
        return new()
        {
            Name = entity.Name,
            Rows = entity.Rows,
            SampledRows = entity.SampledRows,
            Score = QualityScores.Overall(metrics),
            Metrics = metrics,
            Columns = [.. entity.Columns.Select(column => new ColumnQuality(column.Profile,
                Metrics(own.Where(result => result.Rule.Columns.Contains(column.Profile.Name)), [.. measures.Where(detail => detail.Place == $"{entity.Name}.{column.Profile.Name}").Select(detail => detail.Value!.Value)]),
                reference?.Column(column.Profile.Name)?.Profile))],
            Pairs = ReferenceComparison.PairsOf(reference, entity),
        };
    }

    /// <summary>Those that something was measured for.</summary>
    private List<MetricScore> Metrics(IEnumerable<RuleResult> results, IReadOnlyList<double> accuracy) => [.. QualityScores.Metrics(results, rules.Weights, accuracy).Where(metric => metric.Value is not null)];
}
