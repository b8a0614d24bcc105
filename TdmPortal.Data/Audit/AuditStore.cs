using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Audit;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Audit;

/// <summary>
/// Reads the audit: an administrator all of it, a lead their own team's. Row-level security says so a second time, from
/// the database's own roles and memberships.
/// </summary>
public sealed class AuditStore(PortalDatabase database)
{
    /// <summary>Records that match, the newest first.</summary>
    /// <param name="after">The number that the page before ended with.</param>
    /// <exception cref="ForbiddenException">Neither an administrator nor a lead.</exception>
    public async Task<Page<AuditEntry>> ListAsync(Actor actor, AuditQuery query, string? after, int take, CancellationToken cancellation)
    {
        await DemandAsync(actor, cancellation);
        return await database.ReadAsync(actor, async (context, token) =>
        {
            var records = Matching(context, actor, query);
            if (long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var below))
                records = records.Where(record => record.Number < below);
            var found = await records.OrderByDescending(record => record.Number).Take(take + 1).ToListAsync(token);
            return new Page<AuditEntry>(found.Take(take).Select(Describe).ToList(), found.Count > take ? found[take - 1].Number.ToString(CultureInfo.InvariantCulture) : null, null);
        }, cancellation);
    }

    /// <summary>Streams all records that match, the newest first; that it was taken away is recorded before the first one leaves.</summary>
    /// <exception cref="ForbiddenException">Neither an administrator nor a lead.</exception>
    public async Task ExportAsync(Actor actor, AuditQuery query, AuditFileFormat format, Stream output, CancellationToken cancellation)
    {
        await DemandAsync(actor, cancellation);
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.AuditExported, null, new { format, query }, cancellation);
        await database.ReadAsync(actor, async (context, token) =>
        {
            await using var writer = AuditWriter.For(format, output);
            await writer.BeginAsync(token);
            await foreach (var record in Matching(context, actor, query).OrderByDescending(record => record.Number).AsAsyncEnumerable().WithCancellation(token))
                await writer.WriteAsync(Describe(record), token);
            return true;
        }, cancellation);
    }

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, "The audit is for administrators, and a team's part of it for its leads.", cancellation);

    private static IQueryable<StoredAuditRecord> Matching(PortalContext context, Actor actor, AuditQuery query)
    {
        var records = context.Set<StoredAuditRecord>().AsNoTracking();
        var team = actor.IsAdmin ? query.Team : actor.TeamId;
        if (team is not null)
            records = records.Where(record => record.TeamId == team);
        if (query.Person is { Length: > 0 } person)
            records = records.Where(record => record.UserName == person);
        if (query.Action is { Length: > 0 } action)
            records = action.EndsWith('.') ? records.Where(record => record.Action.StartsWith(action)) : records.Where(record => record.Action == action);
        if (query.Object is { Length: > 0 } about)
        {
            var pattern = ListCursor.Containing(about);
            records = Guid.TryParse(about, out var id) ? records.Where(record => record.ObjectId == id.ToString()) : records.Where(record => EF.Functions.ILike(record.ObjectName!, pattern, @"\"));
        }

        if (query.From is { } from)
            records = records.Where(record => record.At >= from);
        if (query.Until is { } until)
            records = records.Where(record => record.At < until);
        if (query.Text is { Length: > 0 } text)
        {
            var pattern = ListCursor.Containing(text);
            records = records.Where(record => EF.Functions.ILike(record.UserName, pattern, @"\") || EF.Functions.ILike(record.ObjectName!, pattern, @"\") || EF.Functions.ILike(record.Address!, pattern, @"\") || EF.Functions.ILike(record.Action, pattern, @"\"));
        }

        return records;
    }

    private static AuditEntry Describe(StoredAuditRecord record) => new(record.Number, record.At, record.UserId, record.UserName, record.Action, record.TeamId, record.ObjectKind, record.ObjectId, record.ObjectName,
        Enum.Parse<AuditChannel>(record.Channel, ignoreCase: true), record.Address, record.Before, record.After, record.Details, Convert.ToHexStringLower(record.Hash));
}
