using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Masking;

/// <summary>A team's masking keys: made when the first one is needed, encrypted at rest by data protection, never shown.</summary>
public sealed class MaskingKeys(PortalDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    private const int LongestReason = 300;
    private readonly IDataProtector protector = protection.CreateProtector("TdmPortal.MaskingKey");

    /// <summary>The team's keys, the one in use first; none until something was masked.</summary>
    public Task<IReadOnlyList<MaskingKeyInfo>> ListAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<MaskingKeyInfo>>(actor, async (context, token) =>
        await context.Set<StoredMaskingKey>().Where(key => key.TeamId == actor.TeamId).OrderByDescending(key => key.Number)
            .Select(key => new MaskingKeyInfo(key.Number, key.Fingerprint, key.MadeBy, key.MadeAt, key.Reason)).ToListAsync(token), cancellation);

    /// <summary>Puts a new key in the place of the one in use: from then on the same value masks to another one than before.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">masking.bad_reason</exception>
    public async Task<int> RotateAsync(Actor admin, string reason, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, "Only an administrator renews a team's masking key.", cancellation);
        reason = Reasons.Check(reason, LongestReason);
        return await database.ChangeAsync(admin, async (context, token) =>
        {
            var former = await LatestAsync(context, admin.TeamId, token);
            return await AddAsync(context, admin.TeamId, (former?.Number ?? 0) + 1, reason, admin.UserName, former?.Fingerprint, token);
        }, cancellation);
    }

    /// <summary>The key in use; made where there is none.</summary>
    internal async Task<(int Number, MaskingKey Key)> CurrentAsync(Actor actor, CancellationToken cancellation)
    {
        var found = await database.ReadAsync(actor, (context, token) => LatestAsync(context, actor.TeamId, token), cancellation);
        if (found is null)
        {
            try
            {
                await database.ChangeAsync(actor, (context, token) => AddAsync(context, actor.TeamId, 1, null, actor.UserName, null, token), cancellation);
            }
            catch (DbUpdateException error) when (error.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
            {
                // Somebody else of the team made it at the same moment.
            }

            found = await database.ReadAsync(actor, (context, token) => LatestAsync(context, actor.TeamId, token), cancellation);
        }

        return (found!.Number, Open(found));
    }

    /// <summary>One of a team's keys, for a job.</summary>
    internal Task<MaskingKey> GetAsync(Guid teamId, int number, CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
        Open(await context.Set<StoredMaskingKey>().AsNoTracking().SingleOrDefaultAsync(key => key.TeamId == teamId && key.Number == number, token) ?? throw new NotFoundException("The masking key")), cancellation);

    private static Task<StoredMaskingKey?> LatestAsync(PortalContext context, Guid teamId, CancellationToken cancellation) =>
        context.Set<StoredMaskingKey>().AsNoTracking().Where(key => key.TeamId == teamId).OrderByDescending(key => key.Number).FirstOrDefaultAsync(cancellation);

    private async Task<int> AddAsync(PortalContext context, Guid teamId, int number, string? reason, string by, string? former, CancellationToken cancellation)
    {
        var bytes = RandomNumberGenerator.GetBytes(MaskingKey.Size);
        // Of a hash of the key: equal ones show that two keys are the same, and nothing else.
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4));
        context.Add(new StoredMaskingKey { TeamId = teamId, Number = number, Sealed = protector.Protect(bytes), Fingerprint = fingerprint, Reason = reason, MadeBy = by, MadeAt = time.GetUtcNow() });
        CryptographicOperations.ZeroMemory(bytes);
        context.Audit.Add(number == 1 ? AuditAction.MaskingKeyMade : AuditAction.MaskingKeyRotated, AuditObject.MaskingKey(number), former is null ? null : new { fingerprint = former }, new { fingerprint }, reason is null ? null : new { reason }, team: teamId);
        await context.SaveChangesAsync(cancellation);
        return number;
    }

    private MaskingKey Open(StoredMaskingKey key) => MaskingKey.FromBytes(protector.Unprotect(key.Sealed));
}
