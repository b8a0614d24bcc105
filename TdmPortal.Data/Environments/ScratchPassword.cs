namespace TdmPortal.Data.Environments;

/// <summary>A scratch copy's way in, at the one moment when its password is known.</summary>
/// <param name="Password">Kept nowhere: who loses it makes another.</param>
public sealed record ScratchPassword(Guid CopyId, string Password);
