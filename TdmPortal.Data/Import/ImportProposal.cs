using TdmPortal.Core.Import;

namespace TdmPortal.Data.Import;

/// <summary>What an import came to: kept until it is saved as a schema. No value of a source is in it but those that a generator is to make.</summary>
/// <param name="Document">The schema document, JSON.</param>
/// <param name="Fields">Why each field is as it is.</param>
/// <param name="NotUnderstood">Rules of the database that the document cannot say.</param>
/// <param name="Notes">What people should know.</param>
public sealed record ImportProposal(string Document, IReadOnlyList<ProposedField> Fields, IReadOnlyList<NotUnderstood> NotUnderstood, IReadOnlyList<string> Notes)
{
    /// <summary>Rows that were looked at; 0: only the structure was.</summary>
    public long Rows { get; init; }
}
