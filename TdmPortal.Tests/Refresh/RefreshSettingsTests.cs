using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>What the inputs of a run are, by its planned time alone.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshSettingsTests
{
    private static readonly DateTimeOffset Planned = new(2027, 3, 30, 4, 30, 0, TimeSpan.Zero);
    private static readonly RefreshSettings Settings = new() { SchemaId = Guid.NewGuid(), Seed = 42 };

    [Fact]
    public void Options_WithTheSameSeed_DifferByTheirDatesOnly()
    {
        var (one, next) = (Settings.Options(Planned, "Europe/Berlin"), Settings.Options(Planned.AddDays(7), "Europe/Berlin"));
        Assert.Equal((42L, Planned, 42L, Planned.AddDays(7)), (one.Seed, one.AsOf, next.Seed, next.AsOf));
        Assert.Empty(one.Stable);
    }

    [Fact]
    public void Options_WithANewSeedEachTime_AreThoseOfThePlannedTime_AndKeepTheFirstForWhatIsStable()
    {
        var settings = Settings with { Seeds = SeedPolicy.New, Stable = ["customer"] };
        var seeds = Enumerable.Range(0, 1000).Select(week => settings.Options(Planned.AddDays(7 * week), "Europe/Berlin").Seed).ToList();
        Assert.Equal(1000, seeds.Distinct().Count());
        var late = settings.Options(Planned.ToOffset(TimeSpan.FromHours(5)), "Europe/Berlin");
        Assert.Equal((seeds[0], 42L), (late.Seed, late.StableSeed));
        Assert.Equal(["customer"], late.Stable);
        Assert.NotEqual(seeds[0], (settings with { Seed = 43 }).Options(Planned, "Europe/Berlin").Seed);
    }

    [Theory]
    // From a Monday at 09:00 in Berlin; the week of the run's planned time, also over the clock changes.
    [InlineData("2027-01-04T08:00:00Z", "2027-01-11T07:59:00Z", "2027-01-04T08:00:00Z")]
    [InlineData("2027-01-04T08:00:00Z", "2027-01-11T08:00:00Z", "2027-01-11T08:00:00Z")]
    [InlineData("2027-01-04T08:00:00Z", "2027-03-30T04:30:00Z", "2027-03-29T07:00:00Z")]
    [InlineData("2027-01-04T08:00:00Z", "2027-11-02T04:30:00Z", "2027-11-01T08:00:00Z")]
    [InlineData("2027-01-04T08:00:00Z", "2026-12-30T04:30:00Z", "2026-12-28T08:00:00Z")]
    public void Options_WithDatesMovedInWholeWeeks_KeepTheWeekdayAndTimeOfDay(string from, string planned, string asOf)
    {
        var settings = Settings with { Dates = DatePolicy.WholeWeeks, DatesFrom = At(from) };
        Assert.Equal(At(asOf), settings.Options(At(planned), "Europe/Berlin").AsOf);
    }

    [Fact]
    public void Check_OfWhatNoRunCanKeepTo_SaysWhat()
    {
        Settings.Check();
        foreach (var (wrong, words) in new (RefreshSettings, string)[]
        {
            (Settings with { TimeOut = TimeSpan.FromSeconds(1) }, "10 seconds to 24 hours"),
            (Settings with { TimeOut = TimeSpan.FromDays(2) }, "10 seconds to 24 hours"),
            (Settings with { Attempts = 0 }, "1 to 10 times"),
            (Settings with { BackOff = TimeSpan.FromDays(1) }, "two hours"),
            (Settings with { KeepVersions = 0 }, "1 to 1,000 versions"),
            (Settings with { Dates = DatePolicy.WholeWeeks }, "first instant"),
            (Settings with { Seeds = (SeedPolicy)9 }, "unknown"),
        })
        {
            var error = Assert.Throws<PortalException>(wrong.Check);
            Assert.Equal("refresh.bad_settings", error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.SuggestedActions);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
