using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

/// <summary>A row of <c>portal.refresh_schedule</c>.</summary>
internal sealed class StoredRefreshSchedule
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    /// <summary>A <see cref="RefreshRule"/> as JSON.</summary>
    public string Rule { get; set; } = "{}";
    /// <summary><see cref="RefreshSettings"/> as JSON.</summary>
    public string Settings { get; set; } = "{}";
    /// <summary>The schedule whose success starts this one; null: its own rule does.</summary>
    public Guid? AfterId { get; set; }
    public bool Paused { get; set; }
    /// <summary>Counts the changes, so that two people do not overwrite each other's.</summary>
    public int Revision { get; set; } = 1;
    /// <summary>All runs planned up to here have been started, or left out.</summary>
    public DateTimeOffset Watermark { get; set; }
    /// <summary>The next planned run; null while paused, chained, or without one.</summary>
    public DateTimeOffset? NextAt { get; set; }
    /// <summary>The tz database that <see cref="NextAt"/> was computed with.</summary>
    public string ZoneRules { get; set; } = "";
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The planned runs up to now that were not taken yet, in order; they are taken by this, and the next one is planned.</summary>
    public IReadOnlyList<FireTime> TakeDue(DateTimeOffset now)
    {
        var due = FireTimes.After(StoredJson.Read<RefreshRule>(Rule), Watermark).TakeWhile(time => time.At <= now).ToList();
        if (due.Count > 0)
            Watermark = due[^1].At.ToUniversalTime();
        Plan();
        return due;
    }

    /// <summary>Computes the next run anew, after a change or a run.</summary>
    public void Plan()
    {
        NextAt = Paused || AfterId is not null ? null : FireTimes.After(StoredJson.Read<RefreshRule>(Rule), Watermark).FirstOrDefault()?.At.ToUniversalTime();
        ZoneRules = FireTimes.ZoneRules;
    }
}
