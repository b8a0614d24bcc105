using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TdmPortal.Tests.Browser.Identity;

/// <summary>The six digits that an authenticator app shows (RFC 6238, HMAC-SHA-1, 30 seconds).</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Code(string base32, DateTimeOffset now)
    {
        var bits = base32.Select(letter => Alphabet.IndexOf(letter, StringComparison.Ordinal)).ToList();
        var key = new byte[bits.Count * 5 / 8];
        for (var bit = 0; bit < key.Length * 8; bit++)
            key[bit / 8] |= (byte)(((bits[bit / 5] >> (4 - (bit % 5))) & 1) << (7 - (bit % 8)));
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The standard's own hash.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
