using System.Threading.RateLimiting;

namespace TdmPortal.Web.Identity;

/// <summary>
/// Slows down whoever tries passwords of many accounts from one address: 30 failed attempts, refilled by one every two
/// seconds. Accounts themselves are protected by their lockout.
/// </summary>
public sealed class SignInLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = 30,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(2),
        QueueLimit = 0,
    }));

    /// <summary>Whether the address may try now.</summary>
    // Asking for no permits would be granted by the fraction of one that refilling leaves behind, and so for ever.
    public bool Allows(HttpContext context) => limiter.GetStatistics(AddressOf(context)) is not { CurrentAvailablePermits: 0 };

    public void Failed(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(AddressOf(context));
    }

    public void Dispose() => limiter.Dispose();

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
