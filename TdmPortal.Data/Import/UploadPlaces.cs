using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Import;

/// <summary>
/// On which node uploads are, since no other can read them: a job that needs some is for that node. The node says so again
/// and again; when it no longer does, whoever takes the job finds them gone and says what to do.
/// </summary>
public sealed class UploadPlaces : IDisposable
{
    private static readonly TimeSpan Renews = TimeSpan.FromSeconds(30), Holds = TimeSpan.FromMinutes(2), Forgets = TimeSpan.FromHours(1);
    private readonly PortalDatabase database;
    private readonly UploadVault vault;
    private readonly JobOptions options;
    /// <summary>What was said of which team's.</summary>
    private readonly ConcurrentDictionary<Guid, Guid> told = new();
    private readonly ITimer timer;

    public UploadPlaces(PortalDatabase database, UploadVault vault, JobOptions options, TimeProvider time)
    {
        (this.database, this.vault, this.options) = (database, vault, options);
        timer = time.CreateTimer(_ => _ = TryRenewAsync(), null, Renews, Renews);
    }

    /// <summary>The node that has all of these.</summary>
    /// <returns>Null: none is asked for, any node will do.</returns>
    /// <exception cref="PortalException">upload.gone</exception>
    internal async Task<string?> OfAsync(Guid team, IReadOnlyCollection<Guid> uploads, CancellationToken cancellation)
    {
        if (uploads.Count == 0)
            return null;
        if (uploads.All(id => vault.Find(team, id) is not null))
        {
            foreach (var id in uploads)
                told[id] = team;
            await SayAsync(uploads, team, cancellation);
            return options.Node;
        }

        var ids = uploads.Distinct().ToArray();
        var nodes = await database.ReadAsSystemAsync((context, token) => context.Database.SqlQuery<string>($"select node as \"Value\" from portal.upload where id = any({ids}) and team_id = {team} and here_until > clock_timestamp()").ToListAsync(token), cancellation);
        return nodes.Count == ids.Length && nodes.Distinct(StringComparer.Ordinal).Count() == 1 ? nodes[0] : throw UploadVault.Gone();
    }

    /// <summary>Says once more what this node has, and takes back what it no longer has.</summary>
    internal async Task RenewAsync(CancellationToken cancellation)
    {
        if (told.IsEmpty)
            return;
        foreach (var team in told.GroupBy(one => one.Value, one => one.Key).ToList())
            await SayAsync([.. team.Where(id => vault.Find(team.Key, id) is not null)], team.Key, cancellation);
        var gone = told.Where(one => vault.Find(one.Value, one.Key) is null).Select(one => one.Key).ToArray();
        await database.MaintainAsync((context, token) => context.Database.ExecuteSqlAsync($"delete from portal.upload where (id = any({gone}) and node = {options.Node}) or here_until < clock_timestamp() - {Forgets}", token), cancellation);
        foreach (var id in gone)
            told.TryRemove(id, out _);
    }

    public void Dispose() => timer.Dispose();

    private Task<int> SayAsync(IReadOnlyCollection<Guid> uploads, Guid team, CancellationToken cancellation)
    {
        var ids = uploads.Distinct().ToArray();
        return database.MaintainAsync((context, token) => context.Database.ExecuteSqlAsync($"""
            insert into portal.upload (id, team_id, node, here_until) select id, {team}, {options.Node}, clock_timestamp() + {Holds} from unnest({ids}) id
            on conflict (id) do update set here_until = excluded.here_until, node = excluded.node
            """, token), cancellation);
    }

    private async Task TryRenewAsync()
    {
        try
        {
            await RenewAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or PortalException or InvalidOperationException or DbUpdateException)
        {
            // The database is away: it is said when it is back, and nobody takes a job until then.
        }
    }
}
