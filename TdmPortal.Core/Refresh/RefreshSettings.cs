using System.Globalization;
using NodaTime;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Refresh;

/// <summary>What a run of a schedule does.</summary>
public sealed record RefreshSettings
{
    /// <summary>How often a run may be tried at most, the first time included.</summary>
    public const int MostAttempts = 10;

    /// <summary>Longest time-out.</summary>
    public static readonly TimeSpan LongestTimeOut = TimeSpan.FromHours(24);

    /// <summary>Longest pause before the second attempt; each further one doubles it.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(2);

    /// <summary>The schema that the rows are made by; empty where they are masked ones of a source.</summary>
    public required Guid SchemaId { get; init; }

    /// <summary>What is masked in place of making rows by a schema; null: rows are made by one, as the settings of values, dates and rows say.</summary>
    public MaskedRefresh? Masked { get; init; }

    /// <summary>Null: the latest at the time of the run.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>Multiplies the schema's rows.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Rows by entity, instead of the schema's.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>basic, standard or premium.</summary>
    public string QualityLevel { get; init; } = "standard";

    /// <summary>Whether each run makes other random values.</summary>
    public SeedPolicy Seeds { get; init; }

    /// <summary>The seed of all runs, or of what is stable in them.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Entities (<c>customer</c>) and fields (<c>customer.email</c>) that keep the seed where each run has another.</summary>
    public IReadOnlyList<string> Stable { get; init; } = [];

    /// <summary>What now means.</summary>
    public DatePolicy Dates { get; init; }

    /// <summary>The first instant of <see cref="DatePolicy.WholeWeeks"/>.</summary>
    public DateTimeOffset? DatesFrom { get; init; }

    /// <summary>So many of the newest versions are kept, from 1; null: the dataset's own rule stays as it is.</summary>
    public int? KeepVersions { get; init; } = 5;

    /// <summary>Of a schedule that begins a chain: the chain's datasets go live together, or none does.</summary>
    public bool Together { get; init; }

    /// <summary>What becomes of runs that no portal was there to start.</summary>
    public MissedPolicy Missed { get; init; }

    /// <summary>A run that takes longer is stopped and fails. Up to a day.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often a run is tried when the cause of its failure passes (a lost connection, a full disk), 1 to 10.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The pause before the second attempt; each further one doubles it.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the zone follows the team's when that is changed.</summary>
    public bool InTeamZone { get; init; } = true;

    /// <summary>Refuses what no run can keep to.</summary>
    /// <exception cref="PortalException">refresh.bad_settings; the message says what is wrong.</exception>
    public void Check()
    {
        if (!Enum.IsDefined(Seeds) || !Enum.IsDefined(Dates) || !Enum.IsDefined(Missed))
            throw Bad("A choice is unknown.", "Choose one that the page offers");
        if (KeepVersions is < 1 or > 1000)
            throw Bad("From 1 to 1,000 versions can be kept.", "Choose a number between these");
        if (TimeOut < TimeSpan.FromSeconds(10) || TimeOut > LongestTimeOut)
            throw Bad("A run may take from 10 seconds to 24 hours.", "Choose a time between these");
        if (Attempts is < 1 or > MostAttempts)
            throw Bad(string.Create(CultureInfo.InvariantCulture, $"A run can be tried 1 to {MostAttempts} times."), "Choose a number between these");
        if (BackOff < TimeSpan.FromSeconds(1) || BackOff > LongestBackOff)
            throw Bad("The pause between attempts is from a second to two hours.", "Choose a time between these");
        if (Dates == DatePolicy.WholeWeeks && DatesFrom is null)
            throw Bad("Dates that move by whole weeks need a first instant.", "Say from when on they move");
        if (DatesFrom is { Year: < 1970 or > 9000 })
            throw Bad("The first instant of the dates is out of range.", "Choose one between 1970 and 9000");
        if (Stable.Count > 1000)
            throw Bad("Up to 1,000 entities and fields can be stable.", "Mark whole entities instead of their fields");
    }

    /// <summary>The inputs of a run beside the document: the same for the same planned time, however late it runs.</summary>
    /// <param name="planned">When the run was planned for.</param>
    /// <param name="zone">Of the rule: weeks are counted in its local time.</param>
    public GenerationOptions Options(DateTimeOffset planned, string zone) => new()
    {
        Seed = Seeds == SeedPolicy.Same ? Seed : (long)Randomness.Derive(Randomness.Derive((ulong)Seed, "refresh"), (ulong)planned.UtcTicks),
        Stable = Seeds == SeedPolicy.Same ? new HashSet<string>(StringComparer.Ordinal) : Stable.ToHashSet(StringComparer.Ordinal),
        StableSeed = Seed,
        AsOf = AsOf(planned.ToUniversalTime(), zone),
        Scale = Scale,
        Rows = Rows,
    };

    private DateTimeOffset AsOf(DateTimeOffset planned, string zone)
    {
        if (Dates == DatePolicy.Planned || DatesFrom is not { } from)
            return planned;
        var where = DateTimeZoneProviders.Tzdb[zone];
        var (first, now) = (Instant.FromDateTimeOffset(from).InZone(where).LocalDateTime, Instant.FromDateTimeOffset(planned).InZone(where).LocalDateTime);
        var weeks = (int)Math.Floor(Period.Between(first, now, PeriodUnits.Ticks).Ticks / (double)NodaConstants.TicksPerWeek);
        return first.PlusWeeks(weeks).InZoneLeniently(where).ToDateTimeOffset().ToUniversalTime();
    }

    private static PortalException Bad(string message, string action) => new("refresh.bad_settings", message) { SuggestedActions = [action] };
}
