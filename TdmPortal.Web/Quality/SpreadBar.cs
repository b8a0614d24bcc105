namespace TdmPortal.Web.Quality;

/// <summary>A bar of a column's chart.</summary>
/// <param name="Label">The value, or where the stretch begins and ends.</param>
/// <param name="Share">Of the rows that have a value, 0..1.</param>
/// <param name="Reference">The same in the reference; null where it has none or does not know.</param>
public sealed record SpreadBar(string Label, double Share, double? Reference);
