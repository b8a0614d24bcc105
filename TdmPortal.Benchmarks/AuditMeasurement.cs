using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Data;
using TdmPortal.Data.Audit;

namespace TdmPortal.Benchmarks;

/// <summary>What the audit costs: changes a second with and without a record, each committed durably, and how fast the chain is checked.</summary>
internal static class AuditMeasurement
{
    private const int Clients = 16;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync()
    {
        using var folder = new MeasuredFolder();
        await using var database = await PortalDatabase.OpenAsync(new PortalDataOptions { DataFolder = folder.Path }, NullLoggerFactory.Instance, TimeProvider.System);
        await MeasureAsync("(warm-up)", token => database.MaintainAsync((context, inner) => ChangeAsync(context, TimeSpan.Zero, inner), token));
        foreach (var work in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(20)])
        {
            var what = work == TimeSpan.Zero ? "changes" : string.Create(CultureInfo.InvariantCulture, $"changes of {work.TotalMilliseconds} ms");
            await MeasureAsync($"{what}, no record", token => database.MaintainAsync((context, inner) => ChangeAsync(context, work, inner), token));
            await MeasureAsync($"{what}, a record each, appended last", token => database.ChangeAsSystemAsync(AuditSource.Portal, (context, inner) =>
            {
                context.Audit.Add(AuditAction.RowsViewed, AuditObject.Dataset(Guid.NewGuid(), "orders"), details: new { format = "csv", filters = 2 });
                return ChangeAsync(context, work, inner);
            }, token));
            await MeasureAsync($"{what}, a record each, appended first", token => database.MaintainAsync(async (context, inner) =>
            {
                await context.Database.ExecuteSqlRawAsync("""select portal.append_audit('[{{"user_name": "TdmPortal", "action": "dataset.viewed", "channel": "portal"}}]')""", inner);
                return await ChangeAsync(context, work, inner);
            }, token));
        }

        var started = Stopwatch.GetTimestamp();
        var found = await new AuditCheck(database, new AuditAnchors(database, TimeProvider.System)).RunAsync([], null, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"check of {found.Records:N0} records, {(found.IsWhole ? "whole" : "broken")}: {found.Records / seconds:N0} records/s"));
        return found.IsWhole ? 0 : 1;
    }

    private static Task<int> ChangeAsync(PortalContext context, TimeSpan work, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"insert into portal.retired_views (retired_at) select now() from pg_sleep({work.TotalSeconds})", cancellation);

    private static async Task MeasureAsync(string what, Func<CancellationToken, Task<int>> change)
    {
        var (count, started) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < Duration)
            {
                await change(CancellationToken.None);
                Interlocked.Increment(ref count);
            }
        })));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} transactions/s by {Clients} clients"));
    }
}
