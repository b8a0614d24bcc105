namespace TdmPortal.Data.PersonalData;

/// <summary>Columns of one kind in one dataset that are protected alike.</summary>
public sealed record PersonalCount(Guid DatasetId, string Kind, PersonalProtection Protection, int Columns);
