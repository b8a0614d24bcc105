namespace TdmPortal.Core.Schemas;

/// <summary>The identifiers of a database that an entity came from: any text, always quoted when written out.</summary>
public sealed record TableName(string? Schema, string Name);
