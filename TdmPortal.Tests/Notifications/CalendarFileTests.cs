using System.Globalization;
using System.Text;
using TdmPortal.Core.Notifications;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>iCalendar as RFC 5545 wants it.</summary>
public sealed class CalendarFileTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 6, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Write_AnEvent_IsInUtcWithEveryLineEnded() => Assert.Equal(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//TdmPortal//Refreshes//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:Checkout", "X-WR-CALNAME:Checkout", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
            "BEGIN:VEVENT", "UID:a-20261201@tdmportal", "DTSTAMP:20261101T120000Z", "LAST-MODIFIED:20261101T120000Z", "DTSTART:20261201T053000Z", "DTEND:20261201T055000Z",
            @"SUMMARY:Orders\, paid\; \\ sent", @"DESCRIPTION:one\ntwo", "URL:https://tdm.example.com/datasets/1", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
        ], Write("Checkout", Event() with { Title = @"Orders, paid; \ sent", Text = "one\r\ntwo", Link = "https://tdm.example.com/datasets/1" }).Split("\r\n"));

    [Theory]
    [InlineData('x')]
    [InlineData('ö')]
    [InlineData('漢')]
    public void Write_ALongText_IsFoldedBetweenCharactersAndReadBack(char letter)
    {
        var title = string.Concat(Enumerable.Range(0, 300).Select(number => number.ToString(CultureInfo.InvariantCulture) + letter));

        var text = Write("Checkout", Event() with { Title = title });

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains("SUMMARY:" + title + "\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_CharactersBeyondThePlane_AreNotTornApart()
    {
        var title = string.Concat(Enumerable.Repeat("🚀", 100));

        var bytes = Encoding.UTF8.GetBytes(Write("Checkout", Event() with { Title = title }));

        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(bytes));
        Assert.Contains(title, Encoding.UTF8.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static CalendarEvent Event() => new("a-20261201@tdmportal", Start, TimeSpan.FromMinutes(20), "Orders", "", new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero), null);

    private static string Write(string name, CalendarEvent one)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        CalendarFile.Write(text, name, [one]);
        return text.ToString();
    }
}
