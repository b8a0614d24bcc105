using TdmPortal.Core.Masking;

namespace TdmPortal.Web.Masking;

/// <summary>An edit that a part of the editor asks for.</summary>
/// <param name="Policy">The next document.</param>
/// <param name="Label">What it does, for the undo button.</param>
/// <param name="Key">Edits in a row with the same key are one step of undo.</param>
public sealed record PolicyEdit(MaskingPolicy Policy, string Label, string? Key = null);
