namespace TdmPortal.Core.Notifications;

/// <summary>An entry of a calendar.</summary>
/// <param name="Id">The same whenever the calendar is read, so that a client changes its entry and adds no second one.</param>
/// <param name="Start">When it begins; written in UTC.</param>
/// <param name="Changed">When what it says was changed last.</param>
/// <param name="Link">An absolute address; null: none.</param>
public sealed record CalendarEvent(string Id, DateTimeOffset Start, TimeSpan Length, string Title, string Text, DateTimeOffset Changed, string? Link);
