using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Data.Masking;

/// <summary>A team's masking policies; each save is a version. Leads write them, everybody of the team reads them.</summary>
public sealed partial class MaskingPolicyStore(PortalDatabase database, RefreshQueue refreshes, TimeProvider time)
{
    /// <summary>A team has no more than these.</summary>
    public const int MostPolicies = 200;

    private const int LongestNote = 300;
    private const string LeadsOnly = "Only a lead of the team writes its masking policies.";

    /// <summary>The team's policies, the last changed first.</summary>
    /// <param name="search">Part of the name or title; null: all.</param>
    public Task<IReadOnlyList<MaskingPolicySummary>> ListAsync(Actor actor, string? search, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<MaskingPolicySummary>>(actor, async (context, token) =>
    {
        var found = await Of(context, actor).OrderByDescending(policy => policy.ChangedAt).ThenBy(policy => policy.Id).Take(MostPolicies)
            .Join(context.Set<StoredPolicyVersion>(), policy => new { policy.Id, policy.Version }, version => new { Id = version.PolicyId, version.Version }, (policy, version) => new { Policy = policy, Document = version.Policy, version.Rules, Source = context.Set<StoredImportSource>().Where(source => source.Id == policy.SourceId).Select(source => source.Name).FirstOrDefault() }).AsNoTracking().ToListAsync(token);
        var ids = found.ConvertAll(row => row.Policy.Id);
        var latest = await context.Set<StoredMaskingRun>().Where(run => run.PolicyId != null && ids.Contains(run.PolicyId.Value)).GroupBy(run => run.PolicyId)
            .Select(runs => runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).First().Id).ToListAsync(token);
        var runs = (await MaskingRuns.SummariesAsync(context, context.Set<StoredMaskingRun>().Where(run => latest.Contains(run.Id)), latest.Count, token)).ToDictionary(run => run.PolicyId!.Value);
        return
        [
            .. found.Select(row => (row.Policy, Document: StoredJson.Read<MaskingPolicy>(row.Document), row.Rules, row.Source))
                .Where(row => string.IsNullOrWhiteSpace(search) || row.Document.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) || row.Document.Title?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true)
                .Select(row => new MaskingPolicySummary(row.Policy.Id, row.Document.Name, row.Document.Title, row.Document.Strategy, row.Rules, row.Policy.Version, row.Policy.SourceId, row.Source, row.Policy.ChangedBy, row.Policy.ChangedAt, runs.GetValueOrDefault(row.Policy.Id))),
        ];
    }, cancellation);

    /// <summary>At a version, or the latest.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<MaskingPolicyRecord> GetAsync(Actor actor, Guid id, int? version, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var policy = await FindAsync(context, actor, id, token);
        var wanted = version ?? policy.Version;
        var found = await context.Set<StoredPolicyVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.PolicyId == id && row.Version == wanted, token) ?? throw new NotFoundException("The version of the policy");
        return new MaskingPolicyRecord(id, wanted, policy.Version, StoredJson.Read<MaskingPolicy>(found.Policy), policy.SourceId, found.ChangedBy, found.ChangedAt, found.Note);
    }, cancellation);

    /// <summary>Stores the first version of a policy.</summary>
    /// <param name="sourceId">The source that it is written for; null: none yet.</param>
    /// <returns>The policy's id.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="ConflictException">masking.name_taken</exception>
    /// <exception cref="PortalException">masking.bad_policy, masking.too_many</exception>
    public async Task<Guid> CreateAsync(Actor lead, MaskingPolicy policy, Guid? sourceId, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        Check(policy);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return await SavingAsync(policy, () => database.ChangeAsync(lead, async (context, token) =>
        {
            if (await Of(context, lead).CountAsync(token) >= MostPolicies)
                throw new ConflictException("masking.too_many", $"The team has {MostPolicies} policies, the most that are possible.") { SuggestedActions = ["Remove one that is not needed any more"] };
            context.Add(new StoredMaskingPolicy { Id = id, TeamId = lead.TeamId, Name = policy.Name, SourceId = sourceId, Version = 1, ChangedBy = lead.UserName, ChangedAt = now });
            await context.SaveChangesAsync(token);
            context.Add(VersionOf(id, 1, lead, policy, null, now));
            context.Audit.Add(AuditAction.PolicyMade, AuditObject.Policy(id, policy.Name), after: Told(1, policy));
            await context.SaveChangesAsync(token);
            return id;
        }, cancellation));
    }

    /// <summary>Stores the next version.</summary>
    /// <param name="baseVersion">The version that was edited.</param>
    /// <param name="sourceId">The source that it is written for.</param>
    /// <returns>The new version's number.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="ConflictException">masking.policy_stale: somebody else saved in the meantime; masking.name_taken.</exception>
    /// <exception cref="PortalException">masking.bad_policy</exception>
    public async Task<int> SaveAsync(Actor lead, Guid id, int baseVersion, MaskingPolicy policy, Guid? sourceId, string? note, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        note = Environments.Remark.Check(note, LongestNote, "masking.bad_note", "note");
        Check(policy);
        var goOn = 0;
        var saved = await SavingAsync(policy, () => database.ChangeAsync(lead, async (context, token) =>
        {
            var now = time.GetUtcNow();
            var stored = await FindAsync(context, lead, id, token);
            var former = StoredJson.Read<MaskingPolicy>(await context.Set<StoredPolicyVersion>().Where(row => row.PolicyId == id && row.Version == stored.Version).Select(row => row.Policy).SingleAsync(token));
            // Compared by the update itself, so that of two who save at once one is told.
            if (await context.Set<StoredMaskingPolicy>().Where(row => row.Id == id && row.Version == baseVersion).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, baseVersion + 1).SetProperty(row => row.Name, policy.Name)
                .SetProperty(row => row.SourceId, sourceId).SetProperty(row => row.ChangedBy, lead.UserName).SetProperty(row => row.ChangedAt, now), token) == 0)
                throw new ConflictException("masking.policy_stale", "Somebody else saved this policy in the meantime.") { SuggestedActions = ["Export yours as JSON, load the page again and put in what is missing"] };
            context.Add(VersionOf(id, baseVersion + 1, lead, policy, note, now));
            context.Audit.Add(AuditAction.PolicySaved, AuditObject.Policy(id, policy.Name), Told(baseVersion, former), Told(baseVersion + 1, policy), note is null ? null : new { note });
            await context.SaveChangesAsync(token);
            // Who takes over what the source has become lets go on what stopped over it.
            goOn = former.Columns.SequenceEqual(policy.Columns) ? 0 : await MaskedRefreshes.GoOnAsync(context, lead, id, now, token);
            return baseVersion + 1;
        }, cancellation));
        if (goOn > 0)
            await refreshes.StartWaitingAsync(cancellation);
        return saved;
    }

    /// <summary>The saved versions, newest first.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<IReadOnlyList<MaskingPolicyVersion>> VersionsAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<MaskingPolicyVersion>>(actor, async (context, token) =>
    {
        _ = await FindAsync(context, actor, id, token);
        return await context.Set<StoredPolicyVersion>().Where(version => version.PolicyId == id).OrderByDescending(version => version.Version).Take(200)
            .Select(version => new MaskingPolicyVersion(version.Version, version.Rules, version.Note, version.ChangedBy, version.ChangedAt)).ToListAsync(token);
    }, cancellation);

    /// <summary>Removes a policy with its versions; what was masked by it, and the records of that, stay.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">masking.busy: a run of it has not ended. refresh.needs_it: a schedule masks by it.</exception>
    public async Task RemoveAsync(Actor lead, Guid id, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var policy = await FindAsync(context, lead, id, token);
            if (await context.Set<StoredMaskingRun>().AnyAsync(run => run.PolicyId == id && (run.State == StoredMaskingRun.Waiting || run.State == StoredMaskingRun.Running), token))
                throw new ConflictException("masking.busy", $"A run of {policy.Name} has not ended yet.") { SuggestedActions = ["Wait until it ends, or cancel its job"] };
            await MaskedRefreshes.DemandUnusedAsync(context, lead.TeamId, from => from.PolicyId == id, policy.Name, token);
            await context.Set<StoredMaskingPolicy>().Where(row => row.Id == id).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.PolicyRemoved, AuditObject.Policy(id, policy.Name), before: new { policy.Version });
            return true;
        }, cancellation);
    }

    /// <exception cref="NotFoundException"/>
    internal static async Task<StoredMaskingPolicy> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await Of(context, actor).AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, cancellation) ?? throw new NotFoundException("The masking policy");

    private static IQueryable<StoredMaskingPolicy> Of(PortalContext context, Actor actor) => context.Set<StoredMaskingPolicy>().Where(policy => policy.TeamId == actor.TeamId);

    private static StoredPolicyVersion VersionOf(Guid id, int version, Actor lead, MaskingPolicy policy, string? note, DateTimeOffset now) =>
        new() { PolicyId = id, Version = version, TeamId = lead.TeamId, Policy = StoredJson.Write(policy), Rules = policy.Rules.Count, Note = note, ChangedBy = lead.UserName, ChangedAt = now };

    // Arguments may hold what people replace values by, so only what is asked of which columns is told.
    private static object Told(int version, MaskingPolicy policy) => new { version, policy.Strategy, rules = policy.Rules.Select(rule => new { rule.Personal, columns = rule.Columns.Count == 0 ? null : rule.Columns, rule.Masker }), identities = policy.Identities.Count, sentinels = policy.Sentinels.Count };

    private static void Check(MaskingPolicy policy)
    {
        if (!Name().IsMatch(policy.Name))
            throw new PortalException("masking.bad_policy", $"\"{policy.Name}\" is no name for a policy: small letters, digits and _, beginning with a letter, up to 63 characters.") { SuggestedActions = ["Choose a name like customers_pseudonymised"] };
    }

    private static async Task<T> SavingAsync<T>(MaskingPolicy policy, Func<Task<T>> save)
    {
        try
        {
            return await save();
        }
        catch (Exception error) when ((error as DbUpdateException)?.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } || error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException("masking.name_taken", $"The team has a policy named {policy.Name} already.") { SuggestedActions = ["Choose another name"] };
        }
    }

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, LeadsOnly, cancellation);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
