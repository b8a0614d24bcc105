using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.Quality;

/// <summary>What a rule or scenario finds while it is being written: on the rows of a version, or on some that are generated for it.</summary>
public sealed class QualityTrials(PortalDatabase database, OverrideStore schemas, ViewedRows viewed, TimeProvider time)
{
    /// <summary>Rows of the largest entity where no version is named.</summary>
    private const double MostRows = 10_000;

    private const int MostVersions = 50;

    /// <param name="versionId">A kept version of the team; null: some 10,000 generated rows of the largest entity, the others in proportion.</param>
    /// <exception cref="NotFoundException">No such schema or version.</exception>
    /// <exception cref="SchemaInvalidException">Rows cannot be generated from the schema.</exception>
    public async Task<RuleResult> RuleAsync(Actor actor, Guid schemaId, Guid? versionId, QualityRule rule, CancellationToken cancellation) =>
        (await RunAsync(actor, schemaId, versionId, new QualityRules { Rules = [rule with { Enabled = true }] }, rule.Entity, cancellation)).Rules[0];

    /// <inheritdoc cref="RuleAsync"/>
    public async Task<ScenarioResult> ScenarioAsync(Actor actor, Guid schemaId, Guid? versionId, Scenario scenario, CancellationToken cancellation) =>
        (await RunAsync(actor, schemaId, versionId, new QualityRules { Scenarios = [scenario] }, scenario.Entity, cancellation)).Scenarios[0];

    /// <summary>The versions that a draft can be tried on: those that are kept of the schema's datasets, live ones first.</summary>
    public Task<IReadOnlyList<TrialVersion>> VersionsAsync(Actor actor, Guid schemaId, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<TrialVersion>>(actor, async (context, token) =>
        await context.Set<Dataset>().Where(dataset => dataset.TeamId == actor.TeamId && dataset.SchemaId == schemaId && dataset.DeletedAt == null)
            .Join(context.Set<DatasetVersion>().Where(version => version.State == DatasetVersion.Ready), dataset => dataset.Id, version => version.DatasetId, (dataset, version) => new { dataset, version })
            .OrderByDescending(row => row.version.Id == row.dataset.CurrentVersionId).ThenByDescending(row => row.version.CreatedAt).Take(MostVersions)
            .Select(row => new TrialVersion(row.version.Id, row.dataset.Name, row.version.Number, row.version.Id == row.dataset.CurrentVersionId, row.version.RowCount)).ToListAsync(token), cancellation);

    private async Task<(IReadOnlyList<RuleResult> Rules, IReadOnlyList<ScenarioResult> Scenarios)> RunAsync(Actor actor, Guid schemaId, Guid? versionId, QualityRules rules, string entity, CancellationToken cancellation)
    {
        var schema = await schemas.GetAsync(actor, schemaId, null, cancellation);
        if (versionId is null)
            return await Task.Run(() => Generated(schema.Document) is var source ? new RuleRun(schema.Document, source.Entities, rules, time.GetUtcNow()).Complete(source, null, cancellation) : default, cancellation);
        var stored = await StoredVersion.FindAsync(database, actor, versionId.Value, cancellation);
        if (stored.Entities.Any(known => known.Name == entity))
            await viewed.RecordAsync(actor, stored.About, entity, cancellation);
        var version = await database.ReadAsync(actor, (context, token) => DatasetStore.FindVersionAsync(context, actor, versionId.Value, token), cancellation);
        var document = DatasetStore.Describe(version).Document;
        var rows = new StoredSource(database, actor, stored.DatabaseSchema, stored.Entities);
        return await Task.Run(() => new RuleRun(document, rows.Entities, rules, version.AsOf).Complete(rows, null, cancellation), cancellation);
    }

    private static PlanSource Generated(SchemaDocument document)
    {
        var largest = document.Entities.Max(entity => entity.Rows) ?? 0;
        return new(GenerateWork.Compile(document, new GenerationOptions { Scale = largest > MostRows ? MostRows / largest : 1 }));
    }
}
