namespace TdmPortal.Data.Audit;

/// <summary>Which records; what is null or empty does not matter.</summary>
/// <param name="Team">Of one team.</param>
/// <param name="Person">Exact user name.</param>
/// <param name="Action">A code, or an area with its dot: <c>schema.</c></param>
/// <param name="Object">An id, or part of a name.</param>
/// <param name="From">The first instant.</param>
/// <param name="Until">The instant after the last.</param>
/// <param name="Text">Part of a person's or an object's name, an address or an action's code.</param>
public sealed record AuditQuery(Guid? Team = null, string? Person = null, string? Action = null, string? Object = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, string? Text = null)
{
    public bool IsEmpty => this == new AuditQuery(Team);
}
