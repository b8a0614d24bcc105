namespace TdmPortal.Data.PersonalData;

/// <summary>A lead's word that a column may go live as it is.</summary>
public sealed record PersonalSignOff(Guid Id, string Reason, string SignedBy, DateTimeOffset SignedAt);
