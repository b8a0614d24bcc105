namespace TdmPortal.Web.Refresh;

/// <summary>Why a run is unusual.</summary>
/// <param name="Badge">In two words.</param>
/// <param name="Text">What will happen.</param>
public sealed record ForecastNote(string Badge, string Text);
