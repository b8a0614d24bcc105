using System.Globalization;

namespace TdmPortal.Web.Refresh;

/// <summary>A run in the calendar, planned or past, by the viewer's clock.</summary>
/// <param name="End">Later than <paramref name="Finish"/> where the run is too short to be drawn.</param>
/// <param name="Finish">When it ended, or usually would.</param>
/// <param name="Team">Null: a team that the viewer is not in.</param>
/// <param name="Look">planned, running, good, warn, bad or other.</param>
/// <param name="Url">Null: not for the viewer.</param>
public sealed record CalendarEntry(DateTime Start, DateTime End, DateTime Finish, string Text, string? Team, string Look, string Words, string? Url)
{
    /// <summary>What is drawn at least, so that a run of seconds can be read and clicked.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(50);

    /// <summary>All of it, for who cannot see it: begins as what is drawn.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Start:HH:mm} {Text}, {Words}");

    public static CalendarEntry Of(DateTime start, TimeSpan length, string text, string? team, string look, string words, string? url) =>
        new(start, start + (length < Shortest ? Shortest : length), start + length, text, team, look, words, url);
}
