namespace TdmPortal.Web.Home;

/// <summary>A column of the chart of rows generated per day (UTC).</summary>
public sealed record DayOfRows(string Day, long Rows);
