namespace TdmPortal.Core.Errors;

/// <summary>
/// The one family of failures that people are told about. Everything that a user can cause or must know is
/// thrown as this or as a subclass; anything else is a fault of the program and is shown as such.
/// </summary>
/// <param name="code">Stable and machine-readable, <c>area.what</c>, e.g. <c>generation.unique_exhausted</c>.</param>
/// <param name="message">What happened, where and why, in plain words and without secrets.</param>
public class PortalException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable and machine-readable, <c>area.what</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What part of the product it belongs to, derived from the code's area unless set.</summary>
    public ErrorCategory Category { get; init; } = code.Split('.')[0] switch
    {
        "schema" => ErrorCategory.Schema,
        "generation" or "dataset" or "job" => ErrorCategory.Generation,
        "quality" or "masking" or "personal" or "subset" => ErrorCategory.Quality,
        "source" or "upload" or "import" or "file" or "database" => ErrorCategory.Source,
        "team" or "access" or "user" => ErrorCategory.Team,
        _ => ErrorCategory.Platform,
    };

    /// <summary>Names and figures that belong to the message, for programs.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What the reader can do about it, most useful first.</summary>
    public IReadOnlyList<string> SuggestedActions { get; init; } = [];
}
