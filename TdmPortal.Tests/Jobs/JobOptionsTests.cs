using TdmPortal.Data.Jobs;
using Xunit;

namespace TdmPortal.Tests.Jobs;

public sealed class JobOptionsTests
{
    [Fact]
    public void Check_OfWhatNoNodeCanKeepTo_NamesTheSetting()
    {
        var usual = new JobOptions();
        Assert.Same(usual, usual.Check());
        foreach (var (options, setting) in new[] { (usual with { Slots = 0 }, "Jobs__Slots"), (usual with { Attempts = 0 }, "Jobs__Attempts"), (usual with { Sweep = TimeSpan.Zero }, "Jobs__Sweep"), (usual with { Heartbeat = TimeSpan.Zero }, "Jobs__Heartbeat"), (usual with { Lease = TimeSpan.FromSeconds(3) }, "Jobs__Lease") })
            Assert.Contains(setting, Assert.Throws<InvalidOperationException>(() => options.Check()).Message, StringComparison.Ordinal);
    }
}
