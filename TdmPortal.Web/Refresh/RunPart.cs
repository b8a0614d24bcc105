namespace TdmPortal.Web.Refresh;

/// <summary>A step of a run in its bar.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Look">Its colour: the name of a class.</param>
public sealed record RunPart(string Name, string Look, TimeSpan Took);
