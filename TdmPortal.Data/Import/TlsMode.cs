namespace TdmPortal.Data.Import;

/// <summary>How the way to a database is protected.</summary>
public enum TlsMode
{
    /// <summary>Encrypted, and the server's certificate must be right and carry its name.</summary>
    Verified,
    /// <summary>Encrypted, with whatever certificate: somebody on the way could pass for the server.</summary>
    Encrypted,
    /// <summary>Not encrypted.</summary>
    None,
}
