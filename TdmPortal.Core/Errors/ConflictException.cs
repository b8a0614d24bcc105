namespace TdmPortal.Core.Errors;

/// <summary>Somebody else changed the same thing in the meantime, or a name is taken.</summary>
public sealed class ConflictException(string code, string message) : PortalException(code, message);
