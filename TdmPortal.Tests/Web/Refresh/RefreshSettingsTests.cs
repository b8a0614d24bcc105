using TdmPortal.Core.Refresh;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class RefreshSettingsTests
{
    private static readonly RefreshSettings Settings = new() { SchemaId = Guid.Empty, Seed = 42, DatesFrom = new DateTimeOffset(2026, 11, 23, 22, 30, 0, TimeSpan.Zero) };

    [Fact]
    public void Words_OfDefaults_SayWhatARunDoes() => Assert.Equal(
        [
            "The same in every run (seed 42)", "Move with each run: now is the time that it was planned for", "The latest version at the time of the run", "As the schema says", "The newest 5",
            "One run makes up for all of them", "Stopped after 2 hours; up to 3 attempts when the cause passes, the first pause 5 minutes",
        ],
        SettingsWords.Of(Settings, "Europe/Berlin").Select(word => word.Text));

    [Fact]
    public void Words_OfAllElse_SayItToo()
    {
        var other = Settings with
        {
            Seeds = SeedPolicy.New, Stable = ["customer", "order.note"], Dates = DatePolicy.WholeWeeks, SchemaVersion = 3, Scale = 2, Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["order"] = 10_000 },
            KeepVersions = null, Missed = MissedPolicy.Skip, Attempts = 1, TimeOut = TimeSpan.FromMinutes(90),
        };
        Assert.Equal(
            [
                "Others in every run, but for customer and order.note", "Move by whole weeks from Mon 23 Nov 2026, so that weekdays stay", "Version 3, whatever comes after it", "The schema's, times 2, but order 10,000", "By the dataset's own rule",
                "Are left out", "Stopped after 1 hour 30 minutes; never tried again",
            ],
            SettingsWords.Of(other, "Europe/Berlin").Select(word => word.Text));
        // The day is the zone's: there it is past midnight.
        Assert.Contains("Tue 24 Nov 2026", SettingsWords.Of(other, "Asia/Kolkata")[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WithDatesFrom_AnotherDay_KeepsTheLocalTimeOverAClockChange()
    {
        var summer = SettingsEdits.WithDatesFrom(Settings, new DateOnly(2026, 7, 6), "Europe/Berlin");
        Assert.Equal((DatePolicy.WholeWeeks, new DateTimeOffset(2026, 7, 6, 21, 30, 0, TimeSpan.Zero)), (summer.Dates, summer.DatesFrom));
        Assert.Equal(new DateOnly(2026, 7, 6), SettingsEdits.DayIn(summer.DatesFrom!.Value, "Europe/Berlin"));
    }

    [Fact]
    public void WithStable_AnEntity_TakesThePlaceOfItsFields()
    {
        var fields = SettingsEdits.WithStable(SettingsEdits.WithStable(Settings, "order.note", true), "order_item.price", true);
        Assert.Equal(["order.note", "order_item.price"], fields.Stable);
        Assert.Equal(["order", "order_item.price"], SettingsEdits.WithStable(fields, "order", true).Stable);
        Assert.Equal(["order_item.price"], SettingsEdits.WithStable(fields, "order.note", false).Stable);
    }

    [Fact]
    public void ChangesRows_OnlyForWhatDecidesThem()
    {
        Assert.False(SettingsEdits.ChangesRows(Settings, Settings with { Attempts = 9, TimeOut = TimeSpan.FromHours(9), KeepVersions = 1, Missed = MissedPolicy.Skip, Together = true, Stable = ["customer"], DatesFrom = null }));
        foreach (var changed in new[] { Settings with { Seed = 1 }, Settings with { Seeds = SeedPolicy.New }, Settings with { Dates = DatePolicy.WholeWeeks }, Settings with { SchemaVersion = 1 }, Settings with { Scale = 2 }, Settings with { Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 1 } } })
            Assert.True(SettingsEdits.ChangesRows(Settings, changed));
        var others = Settings with { Seeds = SeedPolicy.New };
        Assert.True(SettingsEdits.ChangesRows(others, others with { Stable = ["customer"] }));
    }
}
