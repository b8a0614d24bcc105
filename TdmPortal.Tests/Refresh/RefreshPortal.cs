using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>A portal's database and a node whose clock a test moves on; what is due starts when it says so.</summary>
public sealed class RefreshPortal : IAsyncLifetime
{
    private readonly bool isGuest;

    public RefreshPortal(DatabaseServer server) => Portal = new(server);

    /// <summary>On a portal that is there and ends by itself.</summary>
    internal RefreshPortal(DatasetPortal portal) => (Portal, isGuest) = (portal, true);

    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Begin = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private ServiceProvider? node;

    public DatasetPortal Portal { get; }
    public ShiftedTime Time { get; } = new();
    public Actor Lead => Portal.Lead;
    public RefreshStore Schedules => Get<RefreshStore>();
    public RefreshQueue Queue => Get<RefreshQueue>();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => node!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        if (!isGuest)
            await Portal.InitializeAsync();
        Time.SetUtcNow(Begin);
        node = Portal.Node(new JobOptions(), Time);
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        if (!isGuest)
            await Portal.DisposeAsync();
    }

    /// <summary>Every Thursday at 06:30 in Berlin.</summary>
    public static RefreshRule Weekly(DateOnly start) => new() { Cycle = RefreshCycle.Weekly, Start = start, Time = new TimeOnly(6, 30), Zone = "Europe/Berlin", Weekdays = [DayOfWeek.Thursday] };

    /// <summary>A dataset of the shop with a schedule for each Thursday; the clock stands on the day before the first run.</summary>
    public async Task<(DatasetDetail Dataset, Guid Schedule)> ScheduledAsync(string name, Func<RefreshSettings, RefreshSettings>? change = null, Guid? after = null, long customers = 20, long orders = 60)
    {
        var dataset = await Portal.ShopAsync(name, customers, orders);
        var settings = await Schedules.ProposeAsync(Lead, dataset.Id, Cancellation);
        return (dataset, (await Schedules.SaveAsync(Lead, dataset.Id, Weekly(Today), change?.Invoke(settings) ?? settings, after, null, Cancellation)).Schedule);
    }

    public DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    /// <summary>Moves the clock to a minute after the schedule's next run.</summary>
    public async Task<DateTimeOffset> GoToNextAsync(Guid dataset)
    {
        var next = (await Schedules.GetAsync(Lead, dataset, Cancellation))!.NextAt!.Value;
        Time.SetUtcNow(next.AddMinutes(1));
        return next;
    }

    /// <summary>Starts what is due and works until nothing is left.</summary>
    public async Task WorkAsync()
    {
        await Queue.FireDueAsync(Cancellation);
        do
            await Queue.SettleAsync(Cancellation);
        while (await Get<JobRunner>().RunPendingAsync(Cancellation) > 0);
        await Queue.SettleAsync(Cancellation);
    }

    public async Task<RefreshRun> LastRunAsync(Guid dataset) => (await Schedules.RunsAsync(Lead, dataset, null, 1, Cancellation)).Items[0];

    /// <summary>The live version's number.</summary>
    public async Task<int> LiveAsync(Guid dataset) => (await Portal.Datasets.GetAsync(Lead, dataset, Cancellation)).Current!.Number;

    /// <summary>Ends what a test leaves: the next one moves the same clock, and only its own schedules and rules are to be due.</summary>
    public async ValueTask ClearAsync() => await Portal.ScalarAsync<int>("delete from portal.refresh_schedule; delete from portal.retention_rule");

    /// <summary>A fingerprint of a version's table.</summary>
    public async Task<string> RowsAsync(string dataset, int version, string entity, string columns = "*") =>
        await Portal.ScalarAsync<string>($"select md5(string_agg(row::text, '|' order by row::text)) from (select {columns} from checkout_{dataset}__v{version}.\"{entity}\") row") ?? "";
}
