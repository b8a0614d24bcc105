using System.Globalization;
using System.Text;

namespace TdmPortal.Core.Notifications;

/// <summary>Writes a calendar as iCalendar (RFC 5545): UTC times, lines that end with CR LF and are folded at 75 bytes.</summary>
public static class CalendarFile
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>The longest line in bytes of UTF-8, without its end.</summary>
    private const int LongestLine = 75;

    /// <summary>Writes a whole calendar.</summary>
    /// <param name="name">For people, in the client's list of calendars.</param>
    /// <param name="events">In any order; taken one by one.</param>
    public static void Write(TextWriter output, string name, IEnumerable<CalendarEvent> events)
    {
        Line(output, "BEGIN:VCALENDAR");
        Line(output, "VERSION:2.0");
        Line(output, "PRODID:-//TdmPortal//Refreshes//EN");
        Line(output, "CALSCALE:GREGORIAN");
        Line(output, "METHOD:PUBLISH");
        Line(output, "NAME:" + Escape(name));
        // What clients read that do not know NAME and REFRESH-INTERVAL (RFC 7986).
        Line(output, "X-WR-CALNAME:" + Escape(name));
        Line(output, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        Line(output, "X-PUBLISHED-TTL:PT1H");
        foreach (var one in events)
        {
            Line(output, "BEGIN:VEVENT");
            Line(output, "UID:" + Escape(one.Id));
            Line(output, "DTSTAMP:" + Utc(one.Changed));
            Line(output, "LAST-MODIFIED:" + Utc(one.Changed));
            Line(output, "DTSTART:" + Utc(one.Start));
            Line(output, "DTEND:" + Utc(one.Start + one.Length));
            Line(output, "SUMMARY:" + Escape(one.Title));
            if (one.Text.Length > 0)
                Line(output, "DESCRIPTION:" + Escape(one.Text));
            if (one.Link is not null)
                Line(output, "URL:" + one.Link);
            Line(output, "TRANSP:TRANSPARENT");
            Line(output, "END:VEVENT");
        }

        Line(output, "END:VCALENDAR");
    }

    private static string Utc(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(letter switch
            {
                '\\' => @"\\",
                ';' => @"\;",
                ',' => @"\,",
                '\n' => @"\n",
                _ => char.IsControl(letter) ? " " : letter.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>A line that goes on begins with a space, which counts; no character is torn apart.</summary>
    private static void Line(TextWriter output, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                output.Write("\r\n ");
                bytes = 1;
            }

            output.Write(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        output.Write("\r\n");
    }
}
