using TdmPortal.Core.Import;
using TdmPortal.Core.Masking;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Schemas;
using TdmPortal.Postgres;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Notifications;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>A portal with the customer database as a source and a policy that pseudonymises it.</summary>
public sealed class MaskingPortal : IAsyncLifetime
{
    private readonly Func<Task<string>> createSource;

    public MaskingPortal(DatabaseServer server)
        : this(new DatasetPortal(server), () => server.CreateEmptyDatabaseAsync())
    {
    }

    internal MaskingPortal(DatasetPortal portal, Func<Task<string>> createSource) => (Portal, this.createSource) = (portal, createSource);

    public DatasetPortal Portal { get; }
    public MaskingPolicyStore Policies => Portal.Get<MaskingPolicyStore>();
    public MaskingRuns Runs => Portal.Get<MaskingRuns>();
    public MaskingDesk Desk => Portal.Get<MaskingDesk>();
    public Guid Source { get; private set; }
    internal CustomerDatabase Customers { get; private set; } = null!;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every personal column replaced by fake ones, what joins stays joined.</summary>
    public static MaskingPolicy Policy(string name) => new() { Name = name, Strategy = MaskingStrategy.Pseudonymise, Sentinels = ["N/A", "9999-12-31"] };

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        Customers = await CustomerDatabase.CreateAsync(await createSource());
        await NoticePeople.JoinAsync(Portal);
        await Portal.Get<SourceHosts>().AllowAsync(Portal.Lead with { IsAdmin = true }, "127.0.0.0/8", Cancellation);
        Source = await Portal.Get<SourceStore>().CreateAsync(Portal.Lead, "Customers", Customers.Settings, CustomerDatabase.Password, Cancellation);
        await using var connection = await Customers.ConnectAsync();
        var imported = StructureImport.Make(await StructureReader.ReadAsync(connection, ["crm"], null, Cancellation), new ImportOptions("customers"));
        var schema = await Portal.Get<SchemaStore>().CreateAsync(Portal.Lead, imported.Document, null, Cancellation);
        await Portal.ScalarAsync<object>($"update portal.source set schema_id = '{schema}' where id = '{Source}'");
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Masks and waits for the end.</summary>
    public async Task<MaskingRunRecord> MaskAsync(MaskingPolicy policy, string dataset, bool publish = true)
    {
        var id = await Policies.CreateAsync(Portal.Lead, policy, Source, Cancellation);
        return await RunAsync(id, dataset, publish);
    }

    public async Task<MaskingRunRecord> RunAsync(Guid policy, string dataset, bool publish = true)
    {
        var run = await Runs.StartAsync(Portal.Tester, new MaskRequest(policy, null, Source, dataset, "", publish), Cancellation);
        await Portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        return await Runs.GetAsync(Portal.Tester, run, Cancellation);
    }
}
