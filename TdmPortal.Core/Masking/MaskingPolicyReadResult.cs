using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What came of reading a masking policy.</summary>
/// <param name="Policy">Null where the text is no policy at all; else what could be read.</param>
/// <param name="Problems">Empty: everything was as it should be.</param>
public sealed record MaskingPolicyReadResult(MaskingPolicy? Policy, IReadOnlyList<SchemaProblem> Problems);
