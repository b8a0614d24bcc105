using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>An entity while its patterns are being learned.</summary>
internal sealed class LearnedEntity(EntityDefinition definition, long rows, IReadOnlyList<SampledRow> sample, SamplePass pass)
{
    public EntityDefinition Definition => definition;

    public string Name => definition.Name;

    public long Rows => rows;

    public IReadOnlyList<SampledRow> Sample => sample;

    public SamplePass Pass => pass;

    public List<LearnedColumn> Columns { get; } = [];

    public IReadOnlyList<string> PrimaryKey { get; set; } = [];

    public List<CorrelationDefinition> Correlations { get; } = [];

    public IEnumerable<string> Texts(LearnedColumn column) => sample.Select(row => row.Texts[column.Place]).Where(text => !string.IsNullOrEmpty(text))!;
}
