using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Quality;

namespace TdmPortal.Data.Masking;

/// <summary>A version's masked rows, loaded and not proved yet.</summary>
/// <param name="Original">The shape of the originals, in memory.</param>
internal sealed record LoadedMasking(DatasetVersion Version, GenerationPlan Plan, VersionInspection Inspection, OriginalProfile Original, List<DatasetEntity> Entities);
