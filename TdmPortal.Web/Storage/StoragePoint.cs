namespace TdmPortal.Web.Storage;

/// <summary>A day of the chart of growth; charts take plain numbers.</summary>
public sealed record StoragePoint(DateTime Day, double Versions, double Scratch, double Archives);
