using System.Security.Cryptography;
using System.Text.Json;

namespace TdmPortal.Data.Server;

/// <summary>What the embedded server must know at its next start; kept in the data folder, readable by the portal's user only.</summary>
/// <param name="Folder">Where the server's files are.</param>
/// <param name="Password">Of the superuser.</param>
internal sealed record ServerState(string Folder, int Port, string Password)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public static ServerState? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<ServerState>(File.ReadAllBytes(file), Json) : null;

    public void Write(string file) => SecretFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}
