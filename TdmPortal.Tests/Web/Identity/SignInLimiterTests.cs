using System.Net;
using Microsoft.AspNetCore.Http;
using TdmPortal.Web.Identity;
using Xunit;

namespace TdmPortal.Tests.Web.Identity;

/// <summary>Failed attempts of one address are limited, whatever the accounts; others are not held up by it.</summary>
public class SignInLimiterTests
{
    [Fact]
    public void Allows_AfterManyFailures_RefusesThatAddressOnly()
    {
        using var limiter = new SignInLimiter();
        var attacker = From("203.0.113.7");
        for (var attempt = 0; attempt < 60 && limiter.Allows(attacker); attempt++)
            limiter.Failed(attacker);
        Assert.False(limiter.Allows(attacker));
        Assert.True(limiter.Allows(From("203.0.113.8")));
    }

    [Fact]
    public async Task Allows_AfterOneAttemptCameBack_IsUsedUpByOne()
    {
        using var limiter = new SignInLimiter();
        var attacker = From("203.0.113.10");
        for (var attempt = 0; attempt < 60 && limiter.Allows(attacker); attempt++)
            limiter.Failed(attacker);
        // Refilling is by the clock and so never by exactly one.
        while (!limiter.Allows(attacker))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        limiter.Failed(attacker);

        Assert.False(limiter.Allows(attacker));
    }

    [Fact]
    public void Allows_WithoutFailures_IsNotUsedUp()
    {
        using var limiter = new SignInLimiter();
        Assert.All(Enumerable.Range(0, 200), _ => Assert.True(limiter.Allows(From("203.0.113.9"))));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
