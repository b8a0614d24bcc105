namespace TdmPortal.Data.PersonalData;

/// <summary>What of the report is asked for.</summary>
/// <param name="Search">Words in the names of datasets, tables, columns or teams.</param>
/// <param name="Kinds">Only these; null: all.</param>
/// <param name="Protection">Only those protected so; null: all.</param>
/// <param name="AllTeams">Of all teams (administrators), else of the actor's team.</param>
public sealed record PersonalDataQuery(string? Search = null, IReadOnlyList<string>? Kinds = null, PersonalProtection? Protection = null, bool AllTeams = false)
{
    /// <summary>Only columns that somebody said are not personal. Otherwise these are left out, but for those that hold unmasked rows still.</summary>
    public bool NotPersonal { get; init; }
}
