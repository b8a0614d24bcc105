namespace TdmPortal.Data.Changes;

/// <summary>Who uses a schema: the datasets that a reader may see, and how many others there are.</summary>
/// <param name="Datasets">The first of them, those of the reader's own team before others.</param>
/// <param name="Total">How many the reader may see.</param>
/// <param name="OtherTeams">How many further teams use it, which the reader is no member of.</param>
/// <param name="OtherDatasets">How many datasets they have of it.</param>
public sealed record SchemaUse(IReadOnlyList<DatasetUse> Datasets, int Total, int OtherTeams, int OtherDatasets)
{
    /// <summary>Whether the reader's team wants a second lead to approve an edit.</summary>
    public bool NeedsReview { get; init; }
}
