using System.Diagnostics;
using Xunit;

namespace TdmPortal.Tests.Testing;

/// <summary>Waits for what another process or thread does.</summary>
public static class Until
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(4);

    /// <summary>Ends when the condition holds.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var clock = Stopwatch.StartNew(); !await condition();)
        {
            Assert.True(clock.Elapsed < Most, "Nothing happened for four minutes.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
