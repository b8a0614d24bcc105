using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Masking;

/// <summary>
/// Makes versions of a source's rows, for runs that people start and for refreshes: rows are masked on their way, in memory,
/// into tables of their own; what was masked is proved against the originals in the same pass. Nothing of an original is stored.
/// </summary>
public sealed class MaskedVersions(PortalDatabase database, VersionLoader loader, TeamQuotas quotas, VersionInspector inspector, TimeProvider time)
{
    private const QualityLevel Level = QualityLevel.Standard;

    /// <summary>The tables that the masked rows go into.</summary>
    internal static Task<GenerationPlan> PlanAsync(PreparedMasking prepared, DateTimeOffset asOf, CancellationToken cancellation) =>
        Task.Run(() => GenerateWork.Compile(MaskedDocument.Make(prepared.Document, prepared.KeptChecks), new GenerationOptions { AsOf = new(asOf.Ticks - (asOf.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero) }), cancellation);

    /// <summary>The record of what the version is made from.</summary>
    internal static DatasetVersion Describe(PreparedMasking prepared, GenerationPlan plan) => new()
    {
        Origin = DatasetVersion.Masked, SchemaId = prepared.SchemaId, SchemaVersion = 0, Document = Encoding.UTF8.GetString(SchemaWriter.Write(plan.Document)), Seed = plan.Options.Seed, AsOf = plan.Options.AsOf, Scale = 1, RowsAsked = "{}",
        QualityLevel = "standard", EngineVersion = GenerationPlan.EngineVersion,
    };

    internal async Task<LoadedMasking> LoadAsync(JobExecution job, PreparedMasking prepared, GenerationPlan plan, DatasetVersion version, string teamKey, CancellationToken cancellation)
    {
        job.Progress.Step = "Preparing";
        await Task.Run(() => prepared.Masked.Prepare(null, cancellation), cancellation);
        var inspection = await inspector.BeginAsync(version, plan.Document, VersionInspector.EntitiesOf(plan), Level, null, cancellation);
        var original = new OriginalProfile(prepared.Document, prepared.Masked.Entities, Level);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var entities = await loader.LoadAsync(plan, version.DatabaseSchema, teamKey, job.Progress,
            token => CopyAsync(prepared, plan, version.DatabaseSchema, entity => [.. inspection.Inspection.PassesOf(entity), .. original.PassesOf(entity), .. prepared.Prover.PassesOf(entity)], counts, job.Progress, token),
            token => quotas.DemandBytesAsync(job.TeamId, job.Id, inner => loader.SizeAsync(version.DatabaseSchema, inner), token), cancellation);
        return new(version, plan, inspection, original, entities.ConvertAll(entity => entity with { Rows = counts[entity.Name] }));
    }

    /// <param name="source">What the originals are called in the report.</param>
    internal async Task<ProvedMasking> ProveAsync(JobExecution job, PreparedMasking prepared, LoadedMasking loaded, string source, CancellationToken cancellation)
    {
        job.Progress.Step = "Proving that no original is left";
        var stored = new StoredSource(database, null, loaded.Version.DatabaseSchema, loaded.Entities);
        var proof = await Task.Run(() => prepared.Prover.Complete(stored, prepared.Masked.Beside, cancellation), cancellation);
        job.Progress.Step = "Looking at the quality";
        var looking = time.GetTimestamp();
        var report = await Task.Run(() => loaded.Inspection.Inspection.Complete(stored, ($"the original, {source}", loaded.Original.ToBytes()), step => job.Progress.Step = step, cancellation), cancellation);
        return new(loaded, MaskOutcome.Of(prepared.Decisions, proof), OriginalProfile.Forget(report), time.GetElapsedTime(looking));
    }

    private async Task CopyAsync(PreparedMasking prepared, GenerationPlan plan, string schema, Func<string, IReadOnlyList<RowPass>> passes, Dictionary<string, long> counts, JobProgress progress, CancellationToken cancellation)
    {
        var rows = prepared.Masked.Beside;
        foreach (var entity in plan.Entities)
        {
            progress.Step = $"Masking {entity.Name}";
            var source = rows.Entities.First(one => one.Name == entity.Name);
            // As the version's tables have them, whatever they are called where they come from.
            List<ColumnDescription> stored = [.. entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) })];
            var columns = string.Join(", ", entity.Columns.Select(ColumnSql.Name).Prepend($"\"{StoredTable.RowNumber}\""));
            counts[entity.Name] = await loader.CopyInAsync(StoredTable.Name(schema, entity.Name), columns,
                (copy, token) => Task.Run(() => SourceWriter.Write(rows, source, stored, "", RowFormat.NumberedPostgresBinary, copy, passes(entity.Name), progress.AddRows, token), token), cancellation);
        }
    }
}
