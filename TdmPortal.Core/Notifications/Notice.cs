namespace TdmPortal.Core.Notifications;

/// <summary>What happened, in words for people.</summary>
/// <param name="Title">One line, up to 200 characters: "shop was refreshed to version 12".</param>
/// <param name="Text">What else matters, up to 2,000 characters; may be empty.</param>
/// <param name="Link">Where it can be seen: a path of the portal, with its slash.</param>
public sealed record Notice(NoticeKind Kind, Guid TeamId, string Title, string Text, string Link)
{
    /// <summary>The dataset concerned.</summary>
    public Guid? DatasetId { get; init; }

    /// <summary>The schedule concerned, whose own choices then decide who is told.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>Only this member is told; null: all that the kind concerns (leads of a review asked for, else everybody in the team).</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Who did it, and so need not be told.</summary>
    public Guid? AuthorId { get; init; }
}
