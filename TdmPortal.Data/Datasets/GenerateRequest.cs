using TdmPortal.Core.Formats;
using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Datasets;

/// <summary>What the Generate dialog asks for.</summary>
/// <param name="Name"><c>^[a-z][a-z0-9]*(_[a-z0-9]+)*$</c>, up to 34; an existing dataset of the team gets a new version.</param>
/// <param name="SchemaVersion">Null: the latest.</param>
/// <param name="Rows">By entity, instead of the schema's.</param>
/// <param name="QualityLevel">basic, standard or premium.</param>
/// <param name="Prepare">Formats to have ready as files when the job ends.</param>
/// <param name="Publish">Whether the version goes live when it is ready; a dataset's first one always does.</param>
public sealed record GenerateRequest(string Name, string Title, Guid SchemaId, int? SchemaVersion, long Seed, DateTimeOffset? AsOf, double Scale, IReadOnlyDictionary<string, long> Rows, string QualityLevel, IReadOnlyList<RowFormat> Prepare, bool Publish = true)
{
    /// <summary>What the team's rules want generation to make true; filled in when the job is queued.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];
}
