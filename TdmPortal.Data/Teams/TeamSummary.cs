namespace TdmPortal.Data.Teams;

/// <summary>A line of the admin's list of teams.</summary>
public sealed record TeamSummary(Guid Id, string Key, string Name, string TimeZone, int Members, int Datasets, DateTimeOffset CreatedAt, TeamUse Use);
