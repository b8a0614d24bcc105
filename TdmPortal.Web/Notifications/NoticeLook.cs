using TdmPortal.Core.Notifications;

namespace TdmPortal.Web.Notifications;

/// <summary>How notices of each kind look.</summary>
public static class NoticeLook
{
    /// <summary>Name of a Material symbol.</summary>
    public static string Icon(NoticeKind? kind) => kind switch
    {
        NoticeKind.RefreshSucceeded => "check_circle",
        NoticeKind.RefreshFailed => "error",
        NoticeKind.QualityBelowThreshold => "trending_down",
        NoticeKind.ScheduleChanged => "edit_calendar",
        NoticeKind.RefreshComingUp => "schedule",
        NoticeKind.ReviewAsked => "rate_review",
        NoticeKind.ReviewDecided => "fact_check",
        NoticeKind.MaskingStopped => "front_hand",
        _ => "notifications",
    };

    /// <summary>A class for its colour.</summary>
    public static string Tone(NoticeKind? kind) => kind switch
    {
        NoticeKind.RefreshSucceeded => "good",
        NoticeKind.RefreshFailed or NoticeKind.QualityBelowThreshold => "bad",
        NoticeKind.ReviewAsked or NoticeKind.MaskingStopped => "warn",
        _ => "info",
    };

    /// <summary>"15 minutes before".</summary>
    public static string Before(int minutes) => minutes switch
    {
        < 60 => $"{minutes} minutes before",
        60 => "an hour before",
        < 1440 => $"{minutes / 60} hours before",
        1440 => "a day before",
        _ => $"{minutes / 1440} days before",
    };
}
