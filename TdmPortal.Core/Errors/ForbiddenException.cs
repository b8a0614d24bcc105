namespace TdmPortal.Core.Errors;

/// <summary>The asker may see the thing but not do this to it.</summary>
/// <param name="message">What may not be done, and who may.</param>
public sealed class ForbiddenException(string message) : PortalException("access.forbidden", message)
{
    /// <summary>Whether the refusal stands in the audit already.</summary>
    public bool IsRecorded { get; set; }
}
