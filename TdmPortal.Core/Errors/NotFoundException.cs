namespace TdmPortal.Core.Errors;

/// <summary>The thing does not exist, or the asker may not know that it does: both look the same from outside.</summary>
/// <param name="what">What was looked for, e.g. "Dataset".</param>
public sealed class NotFoundException(string what)
    : PortalException("access.not_found", $"{what} was not found. It may have been deleted, or it belongs to another team.");
