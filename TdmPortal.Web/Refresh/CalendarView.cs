using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace TdmPortal.Web.Refresh;

/// <summary>What of the calendar is seen, as its address says.</summary>
public sealed record CalendarView(DateOnly Day, CalendarSpan Span)
{
    /// <summary>The first and last day drawn; a month has the rest of its weeks.</summary>
    public DayRange Days
    {
        get
        {
            if (Span == CalendarSpan.Day)
                return new DayRange(Day, Day);
            var first = Span == CalendarSpan.Week ? Day : new DateOnly(Day.Year, Day.Month, 1);
            var last = Span == CalendarSpan.Week ? Day : first.AddMonths(1).AddDays(-1);
            return new DayRange(Monday(first), Monday(last).AddDays(6));
        }
    }

    public static CalendarView Parse(string uri, DateOnly today)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } address ? address.Query : uri);
        var day = query.TryGetValue("day", out var text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year is > 1970 and < 9000 ? asked : today;
        return new CalendarView(day, query.TryGetValue("view", out var view) && Enum.TryParse<CalendarSpan>(view, ignoreCase: true, out var span) && Enum.IsDefined(span) ? span : CalendarSpan.Week);
    }

    public string ToQueryString() => string.Create(CultureInfo.InvariantCulture, $"?view={Span.ToString().ToLowerInvariant()}&day={Day:yyyy-MM-dd}");

    /// <summary>So many days, weeks or months on.</summary>
    public CalendarView Move(int steps) => this with { Day = Span switch { CalendarSpan.Day => Day.AddDays(steps), CalendarSpan.Week => Day.AddDays(7 * steps), _ => Day.AddMonths(steps) } };

    public override string ToString() => Span == CalendarSpan.Month ? Day.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : Days.ToString();

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
