namespace TdmPortal.Postgres;

/// <summary>What the user may do with a table, and what is asked of its rows.</summary>
/// <param name="RowSecurity">Whether policies would choose among the rows.</param>
/// <param name="PointedToBy">Tables that are not loaded and point to it, for people; empty: none.</param>
/// <param name="TurnedOff">Triggers that somebody disabled, those of foreign keys included.</param>
/// <param name="Rules">Constraints, unique indexes and triggers that are on.</param>
internal sealed record TableRights(bool Insert, bool Select, bool Update, bool Truncate, bool RowSecurity, string PointedToBy, int TurnedOff, int Rules);
