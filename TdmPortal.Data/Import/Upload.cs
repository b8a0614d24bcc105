namespace TdmPortal.Data.Import;

/// <summary>A file that somebody uploaded, sealed.</summary>
/// <param name="Name">As the browser named it, without folder.</param>
public sealed record Upload(Guid Id, string Name, long Bytes, DateTimeOffset UploadedAt);
