namespace TdmPortal.Web.Quality;

/// <summary>The score of a version, in a history.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Score">0..1; null where nothing was measured.</param>
/// <param name="Passes">Whether it passes the gate.</param>
public sealed record ScorePoint(int Version, DateTimeOffset At, double? Score, bool Passes);
