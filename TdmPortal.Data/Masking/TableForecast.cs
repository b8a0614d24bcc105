namespace TdmPortal.Data.Masking;

/// <summary>How many rows of a table a run would take.</summary>
/// <param name="Rows">That the table has; null: nobody knows.</param>
/// <param name="IsCounted">Whether <paramref name="Rows"/> were counted, else the server estimates them.</param>
/// <param name="Taken">Of them; null where they come along with others and could not be followed in time.</param>
/// <param name="IsTakenCounted">Whether <paramref name="Taken"/> was worked out to the last row.</param>
public sealed record TableForecast(string Entity, long? Rows, bool IsCounted, long? Taken, bool IsTakenCounted);
