namespace TdmPortal.Core.Masking.Proof;

/// <summary>How easily rows are told apart by quasi-identifiers.</summary>
/// <param name="Rows">All.</param>
/// <param name="Groups">Different combinations of values, null being one.</param>
/// <param name="Smallest">Rows of the smallest group.</param>
/// <param name="Highest">Prosecutor's highest risk: 1 / <paramref name="Smallest"/>.</param>
/// <param name="Average">Prosecutor's average risk: groups / rows.</param>
/// <param name="Unique">Share of rows that are alone in their group.</param>
public sealed record RiskFigures(long Rows, long Groups, long Smallest, double Highest, double Average, double Unique);
