using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.Quality;

/// <summary>A team's quality rules for the schemas that it uses; each save is a version. Until the first one they are derived from the schema.</summary>
public sealed class QualityRuleStore(PortalDatabase database, OverrideStore schemas, TimeProvider time)
{
    private const int LongestNote = 300;

    /// <summary>At a version, or the latest; 0: as derived.</summary>
    /// <exception cref="NotFoundException">No such schema or version.</exception>
    public async Task<QualityRulesRecord> GetAsync(Actor actor, Guid schemaId, int? version, CancellationToken cancellation)
    {
        var schema = await schemas.GetAsync(actor, schemaId, null, cancellation);
        return await database.ReadAsync(actor, async (context, token) =>
        {
            var saved = Of(context, actor.TeamId, schemaId);
            var latest = await saved.MaxAsync(rules => (int?)rules.Version, token) ?? 0;
            var wanted = version ?? latest;
            if (wanted == 0)
                return new QualityRulesRecord(schemaId, 0, latest, Derived(schema.Document), schema.Document, "", null, null);
            var found = await saved.Where(rules => rules.Version == wanted).Select(rules => new { rules.Rules, rules.Note, rules.ChangedAt, By = context.Users.Where(user => user.Id == rules.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? "" }).SingleOrDefaultAsync(token)
                ?? throw new NotFoundException("The version of the rules");
            return new QualityRulesRecord(schemaId, wanted, latest, StoredJson.Read<QualityRules>(found.Rules), schema.Document, found.By, found.ChangedAt, found.Note);
        }, cancellation);
    }

    /// <summary>Stores the next version.</summary>
    /// <param name="baseVersion">The version that was edited; 0: the derived ones.</param>
    /// <returns>The new version's number.</returns>
    /// <exception cref="SchemaInvalidException">Rules that cannot be checked: all problems.</exception>
    /// <exception cref="ConflictException">quality.rules_stale: somebody else saved in the meantime.</exception>
    public async Task<int> SaveAsync(Actor actor, Guid schemaId, int baseVersion, QualityRules rules, string? note, CancellationToken cancellation)
    {
        note = Environments.Remark.Check(note, LongestNote, "quality.bad_note", "note");
        var schema = await schemas.GetAsync(actor, schemaId, null, cancellation);
        Check(schema.Document, rules);
        try
        {
            return await database.ChangeAsync(actor, async (context, token) =>
            {
                var latest = await Of(context, actor.TeamId, schemaId).OrderByDescending(saved => saved.Version).FirstOrDefaultAsync(token);
                if ((latest?.Version ?? 0) != baseVersion)
                    throw Stale();
                var former = latest is null ? null : StoredJson.Read<QualityRules>(latest.Rules);
                context.Audit.Add(AuditAction.QualityRulesSaved, AuditObject.Schema(schemaId, schema.Document.Name), former is null ? null : Told(baseVersion, former), Told(baseVersion + 1, rules), new { note });
                context.Add(new StoredQualityRules { TeamId = actor.TeamId, SchemaId = schemaId, Version = baseVersion + 1, Rules = StoredJson.Write(rules), Note = note, ChangedBy = actor.UserId, ChangedAt = time.GetUtcNow() });
                await context.SaveChangesAsync(token);
                return baseVersion + 1;
            }, cancellation);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Stale();
        }

        static ConflictException Stale() => new("quality.rules_stale", "Somebody else saved these rules in the meantime.") { SuggestedActions = ["Export yours as JSON, load the page again and put in what is missing"] };
    }

    /// <summary>The saved versions, newest first.</summary>
    public Task<IReadOnlyList<QualityRulesVersion>> VersionsAsync(Actor actor, Guid schemaId, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<QualityRulesVersion>>(actor, async (context, token) =>
        (await Of(context, actor.TeamId, schemaId).OrderByDescending(rules => rules.Version).Take(200)
            .Select(rules => new { rules.Version, rules.Rules, rules.Note, rules.ChangedAt, By = context.Users.Where(user => user.Id == rules.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? "" }).ToListAsync(token))
        .ConvertAll(row => StoredJson.Read<QualityRules>(row.Rules) is var rules ? new QualityRulesVersion(row.Version, rules.Rules.Count, rules.Scenarios.Count, row.Note, row.By, row.ChangedAt) : null!), cancellation);

    /// <summary>What a version of a dataset is held to.</summary>
    /// <param name="context">As whoever may see the team's rows.</param>
    internal static async Task<(QualityRules Rules, int Version)> ForAsync(PortalContext context, Guid teamId, Guid? schemaId, SchemaDocument document, CancellationToken cancellation)
    {
        var latest = schemaId is not { } id ? null : await Of(context, teamId, id).OrderByDescending(rules => rules.Version).FirstOrDefaultAsync(cancellation);
        return latest is null ? (Derived(document), 0) : (StoredJson.Read<QualityRules>(latest.Rules), latest.Version);
    }

    /// <summary>The scenarios that generation makes true for a team.</summary>
    internal static async Task<IReadOnlyList<Scenario>> MadeAsync(PortalContext context, Guid teamId, Guid schemaId, CancellationToken cancellation) =>
        await Of(context, teamId, schemaId).OrderByDescending(rules => rules.Version).Select(rules => rules.Rules).FirstOrDefaultAsync(cancellation) is { } rules ? [.. StoredJson.Read<QualityRules>(rules).Scenarios.Where(scenario => scenario.Make)] : [];

    private static void Check(SchemaDocument document, QualityRules rules)
    {
        var problems = RuleValidator.Validate(document, rules);
        if (problems.Count > 0)
            throw new PortalException("quality.bad_rules", $"The rules have {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems, the first")}: {problems[0]}") { SuggestedActions = problems[0].SuggestedActions };
    }

    private static QualityRules Derived(SchemaDocument document) => DerivedRules.From(document);

    private static object Told(int version, QualityRules rules) => new { version, rules = rules.Rules.Count, errors = rules.Rules.Count(rule => rule is { Enabled: true, Severity: RuleSeverity.Error }), scenarios = rules.Scenarios.Count, rules.LeastScore, rules.AlertFall };

    private static IQueryable<StoredQualityRules> Of(PortalContext context, Guid teamId, Guid schemaId) => context.Set<StoredQualityRules>().AsNoTracking().Where(rules => rules.TeamId == teamId && rules.SchemaId == schemaId);
}
