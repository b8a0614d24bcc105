using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TdmPortal.Data.Audit;

/// <summary>
/// Walks the chain from its beginning and makes every hash a second time. A changed, removed or added record in the middle
/// shows by itself; a cut tail or a chain that was made anew from somewhere shows by the anchors.
/// </summary>
public sealed class AuditCheck(PortalDatabase database, AuditAnchors anchors)
{
    private const int Batch = 10_000, MostBreaks = 20;

    /// <summary>Nothing before the first record.</summary>
    private static readonly string Beginning = Convert.ToHexStringLower(SHA256.HashData("TdmPortal audit"u8));

    /// <param name="exported">Anchors that were kept elsewhere, besides those of the database.</param>
    /// <param name="progress">Share of the chain that was walked, 0 to 1.</param>
    public async Task<AuditFinding> RunAsync(IReadOnlyList<AuditAnchor> exported, IProgress<double>? progress, CancellationToken cancellation)
    {
        // First the anchors, then the head: what is appended meanwhile is left for the next time.
        List<AuditAnchor> held = [.. await anchors.AllAsync(cancellation), .. exported];
        var head = await database.ReadAsSystemAsync((context, token) => context.Set<StoredAuditHead>().AsNoTracking().SingleAsync(token), cancellation);
        var walk = new Walk(held.Where(IsGenuine).ToLookup(anchor => anchor.Number));
        walk.Breaks.AddRange(held.Where(anchor => !IsGenuine(anchor)).Select(anchor => new AuditBreak(anchor.Number, anchor.AnchoredAt, "The anchor of this record is not signed by this portal's key, or was changed.")));
        while (walk.Last < head.Number && walk.Breaks.Count < MostBreaks && await BatchAsync(walk, head.Number, cancellation))
            progress?.Report((double)walk.Last / head.Number);
        walk.End(head.Number, Convert.ToHexStringLower(head.Hash));
        progress?.Report(1);
        return new AuditFinding(walk.Records, head.Number, Convert.ToHexStringLower(head.Hash), held.Count, [.. walk.Breaks.OrderBy(found => found.Number).Take(MostBreaks)]);
    }

    private Task<bool> BatchAsync(Walk walk, long head, CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
    {
        await using var command = new NpgsqlCommand("""
            select number, at, encode(hash, 'hex'), encode(previous_hash, 'hex'), number::text, (extract(epoch from at) * 1000000)::bigint::text, user_id::text, user_name, action, team_id::text,
                object_kind, object_id, object_name, channel, address, before::text, after::text, details::text
            from portal.audit_record where number > $1 and number <= $2 order by audit_record.number limit $3
            """, (NpgsqlConnection)context.Database.GetDbConnection()) { Parameters = { new() { Value = walk.Last }, new() { Value = head }, new() { Value = Batch } } };
        await using var reader = await command.ExecuteReaderAsync(token);
        var any = false;
        while (walk.Breaks.Count < MostBreaks && await reader.ReadAsync(token))
        {
            walk.Take(reader);
            any = true;
        }

        return any;
    }, cancellation);

    private bool IsGenuine(AuditAnchor anchor) => anchor.Installation == database.Roles.Prefix
        && CryptographicOperations.FixedTimeEquals(database.Key.Sign(anchor.Statement), Signature(anchor));

    private static byte[] Signature(AuditAnchor anchor)
    {
        try
        {
            return Convert.FromHexString(anchor.Signature);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>How far the walk has come.</summary>
    private sealed class Walk(ILookup<long, AuditAnchor> anchors)
    {
        // Columns of the query from which the hash is made, in its order.
        private const int FirstHashed = 3, LastHashed = 17;
        private readonly StringBuilder text = new();
        private string last = Beginning;

        public long Last { get; private set; }
        public long Records { get; private set; }
        public List<AuditBreak> Breaks { get; } = [];

        public void Take(NpgsqlDataReader record)
        {
            var (number, at, hash, previous) = (record.GetInt64(0), record.GetFieldValue<DateTimeOffset>(1), record.GetString(2), record.GetString(3));
            if (number != Last + 1)
                Missing(Last + 1, number - 1);
            else if (previous != last)
                Breaks.Add(new(number, at, "It does not continue from the record before it: one of the two was replaced."));
            if (Hash(record) != hash)
                Breaks.Add(new(number, at, "What it says is not what was recorded: its hash differs."));
            foreach (var anchor in anchors[number].Where(anchor => anchor.Hash != hash))
                Breaks.Add(new(number, at, string.Create(CultureInfo.InvariantCulture, $"It is not the record that was anchored on {anchor.AnchoredAt:yyyy-MM-dd HH:mm} UTC: the chain was made anew from here or before.")));
            (Last, last) = (number, hash);
            Records++;
        }

        public void End(long head, string hash)
        {
            if (Breaks.Count >= MostBreaks)
                return;
            var cut = anchors.Where(group => group.Key > Math.Max(head, Last)).Select(group => group.First()).MaxBy(anchor => anchor.Number);
            if (Math.Max(head, cut?.Number ?? 0) > Last)
                Missing(Last + 1, Math.Max(head, cut?.Number ?? 0), cut);
            else if (last != hash)
                Breaks.Add(new(Last, null, "The last record is not the one that the portal wrote last."));
        }

        private void Missing(long from, long to, AuditAnchor? cut = null) => Breaks.Add(new(from, cut?.AnchoredAt, string.Create(CultureInfo.InvariantCulture,
            $"{(from == to ? "This record is missing." : $"The records {from} to {to} are missing.")}{(cut is null ? "" : $" The anchor of {cut.AnchoredAt:yyyy-MM-dd HH:mm} UTC names {cut.Number} records.")}")));

        private string Hash(NpgsqlDataReader record)
        {
            text.Clear();
            for (var column = FirstHashed; column <= LastHashed; column++)
            {
                if (record.IsDBNull(column))
                {
                    text.Append("-;");
                    continue;
                }

                var value = record.GetString(column);
                text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value};");
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}
