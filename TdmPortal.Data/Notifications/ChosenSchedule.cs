namespace TdmPortal.Data.Notifications;

/// <summary>A schedule that somebody wants to be told of in a way of its own.</summary>
public sealed record ChosenSchedule(Guid ScheduleId, Guid DatasetId, string Dataset);
