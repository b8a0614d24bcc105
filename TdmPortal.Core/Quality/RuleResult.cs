namespace TdmPortal.Core.Quality;

/// <summary>What came of a rule.</summary>
public sealed record RuleResult
{
    /// <summary>How many failing rows a result keeps at most.</summary>
    public const int MostRows = 100;

    /// <summary>The rule as it was applied.</summary>
    public required QualityRule Rule { get; init; }
    /// <summary>Rows (or groups, or 1 for a check of the whole entity) that were looked at: those under its condition, nulls left out where the check leaves them out.</summary>
    public required long Evaluated { get; init; }
    /// <summary>Of them, those that fail.</summary>
    public required long Failing { get; init; }
    /// <summary>Share that passes, 0..1; 1 where nothing was there to look at.</summary>
    public double Score => Evaluated == 0 ? 1 : 1 - ((double)Failing / Evaluated);
    /// <summary>Whether the share that passes reaches the rule's threshold.</summary>
    public bool Holds => NotChecked is null && Score >= Rule.Threshold;
    /// <summary>What was measured, for checks that measure ("mean 41.2"); else null.</summary>
    public string? Observed { get; init; }
    /// <summary>The first <see cref="MostRows"/> that fail, by row number.</summary>
    public IReadOnlyList<FailingRow> Rows { get; init; } = [];
    /// <summary>Why it could not be looked at (a column that is gone, a wrong expression); null where it was.</summary>
    public string? NotChecked { get; init; }
}
