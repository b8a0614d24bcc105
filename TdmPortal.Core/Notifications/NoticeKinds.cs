using System.Text.Json;

namespace TdmPortal.Core.Notifications;

/// <summary>Names and defaults of the kinds of notices.</summary>
public static class NoticeKinds
{
    /// <summary>How long before a run people are told of it unless they say otherwise, in minutes.</summary>
    public const int UsualMinutesBefore = 60;

    /// <summary>The choices of how long before a run, in minutes.</summary>
    public static IReadOnlyList<int> MinutesBefore { get; } = [15, 60, 240, 1440];

    /// <summary>Those that can happen, in the order in which pages list them.</summary>
    public static IReadOnlyList<NoticeKind> Offered { get; } =
        [NoticeKind.RefreshSucceeded, NoticeKind.RefreshFailed, NoticeKind.QualityBelowThreshold, NoticeKind.ScheduleChanged, NoticeKind.RefreshComingUp, NoticeKind.ReviewAsked, NoticeKind.ReviewDecided, NoticeKind.MaskingStopped];

    /// <summary>Those that tell of one schedule.</summary>
    public static IReadOnlyList<NoticeKind> OfSchedules { get; } = [.. Offered.Where(kind => kind is not (NoticeKind.ReviewAsked or NoticeKind.ReviewDecided or NoticeKind.QualityBelowThreshold or NoticeKind.MaskingStopped))];

    /// <summary>Stable: <c>refresh_succeeded</c>.</summary>
    public static string Code(this NoticeKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Null: a kind of a later portal.</summary>
    public static NoticeKind? Parse(string code)
    {
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            if (kind.Code() == code)
                return kind;
        }

        return null;
    }

    /// <summary>For people.</summary>
    public static string Title(this NoticeKind kind) => kind switch
    {
        NoticeKind.RefreshSucceeded => "A refresh succeeded",
        NoticeKind.RefreshFailed => "A refresh failed",
        NoticeKind.QualityBelowThreshold => "Quality fell or is too low",
        NoticeKind.ScheduleChanged => "A schedule changed",
        NoticeKind.RefreshComingUp => "A refresh is coming up",
        NoticeKind.ReviewAsked => "A change waits for review",
        NoticeKind.MaskingStopped => "A masking run was stopped",
        _ => "Your change was reviewed",
    };

    /// <summary>What somebody gets who has chosen nothing.</summary>
    public static (bool InPortal, bool ByEmail) Default(this NoticeKind kind) => kind switch
    {
        NoticeKind.RefreshFailed or NoticeKind.QualityBelowThreshold or NoticeKind.ReviewAsked or NoticeKind.ReviewDecided or NoticeKind.MaskingStopped => (true, true),
        NoticeKind.RefreshComingUp => (false, false),
        _ => (true, false),
    };
}
