using TdmPortal.Core.Learning;

namespace TdmPortal.Data.Import;

/// <summary>Where a source is and what of it is wanted; the password is not among it.</summary>
public sealed record SourceSettings
{
    /// <summary>Name or address of the server.</summary>
    public string Host { get; init; } = "";
    public int Port { get; init; } = 5432;
    public string Database { get; init; } = "";
    public string UserName { get; init; } = "";
    public TlsMode Tls { get; init; } = TlsMode.Verified;
    /// <summary>PEM of the authority that signed the server's certificate, where it is none that this machine trusts.</summary>
    public string? Authority { get; init; }
    /// <summary>Tables that are wanted; none: all.</summary>
    public IReadOnlyList<ChosenTable> Tables { get; init; } = [];
    /// <summary>Of a source of files: how each is read, and where it is as long as it is there.</summary>
    public IReadOnlyList<ImportFile> Files { get; init; } = [];
    /// <summary>Of a source of files: what a line that is no row means.</summary>
    public BadLinePolicy BadLines { get; init; }

    /// <summary>Whether a password given for these is also one for the others: the same server and account, no less protected on the way.</summary>
    internal bool IsSameAccount(SourceSettings other) => (Host, Port, UserName, Tls, Authority) == (other.Host, other.Port, other.UserName, other.Tls, other.Authority);
}
