using TdmPortal.Core.Quality;
using TdmPortal.Data.Quality;

namespace TdmPortal.Data.Refresh;

/// <summary>What was found in a run's new rows, beside what the gate looks at.</summary>
/// <param name="Looked">How long the report took.</param>
/// <param name="Checks">What must hold, too.</param>
internal sealed record RefreshFindings(VersionInspection Inspection, QualityReport Quality, TimeSpan Looked, IReadOnlyList<GateCheck> Checks);
