using TdmPortal.Core.Reviews;

namespace TdmPortal.Data.Reviews;

/// <summary>A line of the list of proposals.</summary>
/// <param name="Title">What it changes: "Schema shop".</param>
/// <param name="DecidedBy">Who approved or declined it, or withdrew it; null while it is open.</param>
/// <param name="MayDecide">Whether the reader may approve or decline it.</param>
public sealed record ProposalSummary(Guid Id, ProposalKind Kind, string Title, string? Note, ProposalState State, string ProposedBy, DateTimeOffset ProposedAt, string? DecidedBy, DateTimeOffset? DecidedAt, bool MayDecide);
