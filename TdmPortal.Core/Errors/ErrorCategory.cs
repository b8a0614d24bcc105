namespace TdmPortal.Core.Errors;

/// <summary>What part of the product a failure belongs to.</summary>
public enum ErrorCategory
{
    /// <summary>The schema document or an edit of it.</summary>
    Schema,
    /// <summary>Making, loading or exporting rows.</summary>
    Generation,
    /// <summary>Rules, metrics and reports.</summary>
    Quality,
    /// <summary>Other people's databases, files, and what is imported from them.</summary>
    Source,
    /// <summary>Teams, people, access and their environments.</summary>
    Team,
    /// <summary>The platform below: database, disk, network.</summary>
    Platform,
}
