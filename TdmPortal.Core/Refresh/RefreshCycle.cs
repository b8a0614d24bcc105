namespace TdmPortal.Core.Refresh;

/// <summary>How often a dataset is refreshed.</summary>
public enum RefreshCycle
{
    /// <summary>On one or more days of every week.</summary>
    Weekly,
    /// <summary>Every fourteen days from the start date on, whatever happens in between.</summary>
    Biweekly,
    /// <summary>On a day of each month, or on its last where the month is shorter.</summary>
    MonthlyOnDay,
    /// <summary>On the first to fourth of a weekday in each month, or on the last.</summary>
    MonthlyOnWeekday,
}
