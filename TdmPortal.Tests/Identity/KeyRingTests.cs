using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Data;
using TdmPortal.Data.Server;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Identity;

/// <summary>The key ring in the database.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests(OwnServer server) : IClassFixture<OwnServer>
{
    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Protect_OnOneNode_IsReadByAnotherAndTheKeyIsNotInTheDatabase()
    {
        var connection = server.NewDatabase();
        await using var one = await server.OpenAsync(connection);
        await using var two = await server.OpenAsync(connection);

        var cookie = Protector(one).Protect("who I am");

        Assert.Equal("who I am", Protector(two).Unprotect(cookie));
        var xml = (string)(await OwnServer.QueryAsync(connection, "select xml from portal.data_protection_key"))!;
        Assert.Contains("<wrapped", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Unwrap_WithAnotherKeyOrChangedBytes_Fails()
    {
        var key = PortalKey.From("one");
        var wrapped = key.Wrap([1, 2, 3]);

        Assert.Equal([1, 2, 3], key.Unwrap(wrapped));
        Assert.ThrowsAny<CryptographicException>(() => PortalKey.From("two").Unwrap(wrapped));
        wrapped[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => key.Unwrap(wrapped));
    }

    private static IDataProtector Protector(PortalDatabase database)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddPortalData(database);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }
}
