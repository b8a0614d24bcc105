using System.Security.Cryptography;
using System.Text;

namespace TdmPortal.Data.Server;

/// <summary>
/// The one secret outside the database: it wraps the key ring and makes the run-time roles' passwords. All nodes of an
/// installation share it. From PORTAL_KEY, else from a file of the data folder that only the portal's user can read.
/// </summary>
internal sealed class PortalKey
{
    private readonly byte[] key;

    private PortalKey(byte[] key) => this.key = key;

    /// <summary>Tells one key from another without giving anything of it away.</summary>
    public string Check => Convert.ToHexStringLower(Derive("check")[..8]);

    public static PortalKey From(string secret) => new(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Reads <c>portal.key</c>, making it at the first start.</summary>
    public static PortalKey FromFolder(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "portal.key");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(dataFolder);
            SecretFile.Write(file, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
        }
        return From(File.ReadAllText(file).Trim());
    }

    public string PasswordOf(string role) => Convert.ToHexStringLower(Derive("role:" + role)[..24]);

    /// <summary>Encrypts with AES-GCM: nonce, tag, text.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> text)
    {
        var wrapped = new byte[12 + 16 + text.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, 12));
        using var aes = new AesGcm(Derive("wrap"), 16);
        aes.Encrypt(wrapped.AsSpan(0, 12), text, wrapped.AsSpan(28), wrapped.AsSpan(12, 16));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Wrapped by another key, or changed since.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < 28) throw new CryptographicException("The wrapped key is too short.");
        var text = new byte[wrapped.Length - 28];
        using var aes = new AesGcm(Derive("wrap"), 16);
        aes.Decrypt(wrapped[..12], wrapped[28..], wrapped.Slice(12, 16), text);
        return text;
    }

    /// <summary>HMAC-SHA256 of a statement.</summary>
    public byte[] Sign(string statement) => HMACSHA256.HashData(Derive("sign"), Encoding.UTF8.GetBytes(statement));

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes("TdmPortal " + purpose));
}
