using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>A database with two teams: one of two testers and a lead, and another one.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StoreFixture : IAsyncLifetime
{
    private readonly OwnServer server = new();

    public PortalDatabase Database { get; private set; } = null!;
    public SchemaStore Store { get; private set; } = null!;
    public Actor Lead { get; private set; } = null!;
    public Actor Tester { get; private set; } = null!;
    public Actor OtherTester { get; private set; } = null!;
    public Actor Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        Database = await server.OpenAsync(server.NewDatabase());
        Store = new SchemaStore(Database, TimeProvider.System);
        Lead = await OwnServer.NewTeamAsync(Database, "checkout");
        Tester = await OwnServer.NewMemberAsync(Database, Lead.TeamId, "checkout", TeamRole.Tester);
        OtherTester = await OwnServer.NewMemberAsync(Database, Lead.TeamId, "checkout", TeamRole.Tester);
        Stranger = await OwnServer.NewTeamAsync(Database, "billing");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }
}
