namespace TdmPortal.Data.Import;

/// <summary>A host or network that sources may be on.</summary>
/// <param name="Host">A name, an address or a network such as <c>10.2.0.0/16</c>.</param>
public sealed record SourceHost(string Host, string AllowedBy, DateTimeOffset AllowedAt);
