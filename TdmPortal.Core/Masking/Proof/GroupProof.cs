namespace TdmPortal.Core.Masking.Proof;

/// <summary>k-anonymity (Sweeney 2002) and distinct and entropy l-diversity (Machanavajjhala et al. 2007) of one set of quasi-identifiers.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="Before">Of the originals; null where there are too many groups to count.</param>
/// <param name="After">Of the masked rows; null where there are too many groups to count.</param>
/// <param name="Failing">Groups with fewer rows than k, or fewer different sensitive values than l.</param>
/// <param name="FailingRows">Rows in them.</param>
/// <param name="EntropyL">exp of the least entropy of the sensitive column in a group: so many equally likely values it is worth; null without one.</param>
/// <param name="Smallest">Some of the failing groups, the smallest first.</param>
/// <param name="Holds">Whether no group fails.</param>
public sealed record GroupProof(QuasiIdentifiers Asked, RiskFigures? Before, RiskFigures? After, long Failing, long FailingRows, double? EntropyL, IReadOnlyList<SmallGroup> Smallest, bool Holds);
