using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Datasets;

/// <summary>A stored version with all that made it.</summary>
/// <param name="Document">The effective document (rows and scale as asked are in <paramref name="Options"/>).</param>
public sealed record DatasetVersionDetail(Guid VersionId, int Number, string State, Guid? SchemaId, int SchemaVersion, long Seed, DateTimeOffset AsOf, double Scale, int EngineVersion, string QualityLevel,
    SchemaDocument Document, Core.Generation.GenerationOptions Options, IReadOnlyList<DatasetEntity> Entities, long Rows, long Bytes, TimeSpan Took, string CreatedBy, DateTimeOffset CreatedAt);
