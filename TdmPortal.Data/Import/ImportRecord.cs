using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Import;

/// <summary>An import as its page shows it.</summary>
/// <param name="JobId">Of the job that makes the proposal.</param>
/// <param name="Document">As proposed and corrected since; null: it is not made yet.</param>
/// <param name="SchemaId">Where it was saved.</param>
public sealed record ImportRecord(Guid Id, string Name, ImportOrigin Origin, Guid? SourceId, string? SourceName, ImportChoices Choices, Guid? JobId, ImportProposal? Proposal, SchemaDocument? Document, Guid? SchemaId, string Author, DateTimeOffset CreatedAt);
