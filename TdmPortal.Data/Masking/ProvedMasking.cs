using TdmPortal.Core.Quality;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Masking;

/// <summary>What came of a version's masked rows.</summary>
/// <param name="Report">The quality report; nothing of single originals is in it.</param>
/// <param name="Looked">How long that took.</param>
internal sealed record ProvedMasking(LoadedMasking Loaded, MaskOutcome Outcome, QualityReport Report, TimeSpan Looked)
{
    public List<DatasetEntity> Entities => Loaded.Entities;
}
