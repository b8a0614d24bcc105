using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>What a job that makes a report reads.</summary>
internal sealed record QualityInput(Guid VersionId, QualityLevel Level, Guid? ReferenceId);
