namespace TdmPortal.Core.Audit;

/// <summary>The way by which something was asked of the portal.</summary>
public enum AuditChannel
{
    /// <summary>The portal itself: its start, its clean-up, what ends by time.</summary>
    Portal,
    /// <summary>A page in a browser.</summary>
    Page,
    /// <summary>A plain HTTP request: downloads and programs.</summary>
    Api,
    /// <summary>Long work, in the name of who asked for it.</summary>
    Job,
}
