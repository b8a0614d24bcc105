namespace TdmPortal.Core.Generators.Internet;

/// <summary>The domains that RFC 2606 and RFC 6761 keep free, so that no generated address can reach anybody.</summary>
internal static class ReservedDomains
{
    private static readonly string[] Names = ["example.com", "example.org", "example.net", "test", "example", "invalid"];

    /// <summary>Whether a host name lies under one of them.</summary>
    public static bool Contains(string host) =>
        host.Length <= 200
        && host.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-')
        && Array.Exists(Names, name => host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));
}
