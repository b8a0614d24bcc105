namespace TdmPortal.Web.Refresh;

/// <summary>How much of the calendar is seen; the words are the scheduler's.</summary>
public enum CalendarSpan
{
    Day,
    Week,
    Month,
}
