namespace TdmPortal.Data.Notifications;

/// <summary>That a team's calendar can be read at a secret address, and since when; the address itself is kept nowhere.</summary>
public sealed record CalendarFeed(string MadeBy, DateTimeOffset MadeAt);
