namespace TdmPortal.Data.Datasets;

/// <summary>A foreign key between two entities of a stored version.</summary>
public sealed record DatasetReference(string Relationship, string FromEntity, IReadOnlyList<string> FromFields, string ToEntity, IReadOnlyList<string> ToFields);
