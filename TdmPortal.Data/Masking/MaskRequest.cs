namespace TdmPortal.Data.Masking;

/// <summary>What the Run dialog asks for.</summary>
/// <param name="PolicyVersion">Null: the latest.</param>
/// <param name="Dataset">Name of the dataset that gets a new version, as for generated ones.</param>
/// <param name="Publish">Whether the version goes live once it is proved.</param>
public sealed record MaskRequest(Guid PolicyId, int? PolicyVersion, Guid SourceId, string Dataset, string Title, bool Publish);
