namespace TdmPortal.Data.Schemas;

/// <summary>Someone else who has the schema open with unsaved changes.</summary>
public sealed record SchemaEditor(Guid UserId, string DisplayName, DateTimeOffset SavedAt);
