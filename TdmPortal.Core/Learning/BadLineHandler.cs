namespace TdmPortal.Core.Learning;

/// <summary>Is given each bad line.</summary>
/// <param name="bad">What may be shown and kept.</param>
/// <param name="text">The line itself in UTF-8: only for a file that the user names, never for a log, a page or the portal's store. Valid during the call.</param>
public delegate void BadLineHandler(BadLine bad, ReadOnlySpan<byte> text);
