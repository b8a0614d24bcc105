namespace TdmPortal.Core.Schemas;

/// <summary>Whether a problem stops generation.</summary>
public enum ProblemSeverity
{
    /// <summary>Generation is refused.</summary>
    Error,
    /// <summary>Generation goes on; the author should know.</summary>
    Warning,
}
