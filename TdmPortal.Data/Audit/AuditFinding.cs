namespace TdmPortal.Data.Audit;

/// <summary>What a walk along the whole chain found.</summary>
/// <param name="Records">Records that were read.</param>
/// <param name="Head">Number of the last record that there should be.</param>
/// <param name="Hash">Hash of the head, hexadecimal.</param>
/// <param name="Anchors">Anchors that the chain was held against.</param>
/// <param name="Breaks">Empty when it is whole; the first ones when there are many.</param>
public sealed record AuditFinding(long Records, long Head, string Hash, int Anchors, IReadOnlyList<AuditBreak> Breaks)
{
    public bool IsWhole => Breaks.Count == 0;
}
