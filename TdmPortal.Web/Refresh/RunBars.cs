namespace TdmPortal.Web.Refresh;

/// <summary>Bars of runs side by side, on one scale.</summary>
/// <param name="Longest">What the whole width means.</param>
/// <param name="Median">Of the runs that went well; null: none did.</param>
public sealed record RunBars(TimeSpan Longest, TimeSpan? Median)
{
    /// <summary>From how long each run took, and whether it went well.</summary>
    public static RunBars Of(IReadOnlyCollection<(TimeSpan Took, bool Well)> runs)
    {
        var well = runs.Where(run => run.Well).Select(run => run.Took).Order().ToList();
        TimeSpan? median = well.Count == 0 ? null : well.Count % 2 == 1 ? well[well.Count / 2] : (well[(well.Count / 2) - 1] + well[well.Count / 2]) / 2;
        return new RunBars(runs.Select(run => run.Took).Append(TimeSpan.FromMilliseconds(1)).Max(), median);
    }

    /// <summary>0 to 100.</summary>
    public double Percent(TimeSpan took) => Math.Clamp(100 * (took / Longest), 0, 100);
}
