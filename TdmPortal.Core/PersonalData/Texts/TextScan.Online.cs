using System.Net;
using TdmPortal.Core.Quality.Checks;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>E-mail, web addresses, IP and MAC, secrets.</summary>
internal ref partial struct TextScan
{
    private void Email(int at)
    {
        var (start, end) = (at, at + 1);
        while (start > 0 && at - start < 64 && IsLocal(text[start - 1]))
            start--;
        while (start < at && text[start] is (byte)'.' or (byte)'\'' or (byte)'-')
            start++;
        while (end < text.Length && end - at < 254 && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] is (byte)'-' or (byte)'.' || text[end] >= 0x80))
            end++;
        while (end > at + 1 && text[end - 1] is (byte)'.' or (byte)'-')
            end--;
        if (start == at || text[at - 1] == '.' || !TextFormats.IsDomain(text[(at + 1)..end]))
            return;
        Add("email", start, end, 0.95);
        (taken, addressEnd) = (Math.Max(taken, end), Math.Max(addressEnd, end));
    }

    /// <summary>Behind a colon: the rest of a web address; around one: MAC and IPv6.</summary>
    private void Colon(int at)
    {
        if (At(at + 1) == '/' && At(at + 2) == '/' && at >= 4 && (text[..at].EndsWith("http"u8) || text[..at].EndsWith("https"u8)))
        {
            var start = at - (text[at - 1] == 's' ? 5 : 4);
            var end = at + 3;
            while (end < text.Length && text[end] is > 0x20 and not ((byte)'<' or (byte)'>' or (byte)'"' or (byte)')' or (byte)']'))
                end++;
            while (text[end - 1] is (byte)'.' or (byte)',' or (byte)';' or (byte)'!' or (byte)'?')
                end--;
            Add("url", start, end, IsProfile(text[start..end]) ? 0.8 : 0.3);
            (taken, addressEnd) = (Math.Max(taken, end), Math.Max(addressEnd, end));
            return;
        }

        if (at < taken)
            return;
        var (from, to, colons) = (at, at, 0);
        while (from > 0 && at - from < 5 && char.IsAsciiHexDigit((char)text[from - 1]))
            from--;
        for (; to < text.Length && to - from < 46 && (char.IsAsciiHexDigit((char)text[to]) || text[to] is (byte)':' or (byte)'.'); to++)
            colons += text[to] == ':' ? 1 : 0;
        while (to > at && (text[to - 1] == '.' || (text[to - 1] == ':' && text[to - 2] != ':')))
            (colons, to) = (colons - (text[to - 1] == ':' ? 1 : 0), to - 1);
        if (colons < 2 || (from > 0 && IsWord(text[from - 1])) || (to < text.Length && IsWord(text[to])))
            return;
        var part = text[from..to];
        if (colons == 5 && IsMac(part, (byte)':'))
            Add("mac", from, to, 0.8, Context.Online);
        else if (part.Length >= 6 && (colons == 7 || part.IndexOf("::"u8) >= 0) && IsAddress(part))
            Add("ip", from, to, 0.7, Context.Online);
        else
            return;
        taken = to;
    }

    private static bool IsAddress(ReadOnlySpan<byte> part)
    {
#if NET10_0_OR_GREATER
        return IPAddress.IsValidUtf8(part);
#else
        // What .NET 9 has allocates; only tdm as machine code is made for it.
        Span<char> characters = stackalloc char[64];
        return part.Length <= characters.Length && IPAddress.TryParse(characters[..System.Text.Encoding.ASCII.GetChars(part, characters)], out _);
#endif
    }

    /// <summary>With hyphens: 00-1A-2B-3C-4D-5E.</summary>
    private bool Mac(int start)
    {
        if (At(start + 2) != '-' || start + 17 > text.Length || IsWord(At(start + 17)) || !IsMac(text.Slice(start, 17), (byte)'-'))
            return false;
        Add("mac", start, start + 17, 0.75, Context.Online);
        taken = start + 17;
        return true;
    }

    private static bool IsMac(ReadOnlySpan<byte> part, byte separator)
    {
        if (part.Length != 17)
            return false;
        var (zeros, efs) = (0, 0);
        for (var i = 0; i < 17; i++)
        {
            if (i % 3 == 2 ? part[i] != separator : !char.IsAsciiHexDigit((char)part[i]))
                return false;
            zeros += part[i] == '0' ? 1 : 0;
            efs += part[i] is (byte)'f' or (byte)'F' ? 1 : 0;
        }

        // All zeros and the broadcast address are nobody's.
        return zeros < 12 && efs < 12;
    }

    private static bool IsProfile(ReadOnlySpan<byte> address) =>
        address.IndexOf("linkedin.com/in/"u8) >= 0 || address.IndexOf("facebook.com/"u8) >= 0 || address.IndexOf("instagram.com/"u8) >= 0
        || address.IndexOf("twitter.com/"u8) >= 0 || address.IndexOf("//x.com/"u8) >= 0 || address.IndexOf("xing.com/profile"u8) >= 0 || address.IndexOf("tiktok.com/@"u8) >= 0
        || address.IndexOf("github.com/"u8) >= 0 || address.IndexOf("vk.com/"u8) >= 0 || address.IndexOf("/~"u8) >= 0;

    /// <summary>What stands behind "password:", and tokens that say by themselves what they are.</summary>
    private readonly void Secret(int start, int end)
    {
        var token = text[start..end];
        if (token.Length >= 16 && (token.StartsWith("AKIA"u8) || token.StartsWith("ghp_"u8) || token.StartsWith("sk_live_"u8) || token.StartsWith("sk_test_"u8) || token.StartsWith("eyJ"u8)))
        {
            while (end < text.Length && (IsWord(text[end]) || (text[end] is (byte)'.' or (byte)'-' && IsWord(At(end + 1)))))
                end++;
            Add("secret", start, end, 0.9);
            return;
        }

        if (!Speaks(Context.Password) || words - seen[(int)Context.Password] > 2)
            return;
        var before = start - 1;
        while (before >= 0 && text[before] == ' ' && start - before < 4)
            before--;
        if (before < 0 || text[before] is not ((byte)':' or (byte)'=') || start - before > 3)
            return;
        while (end < text.Length && text[end] > 0x20 && text[end] is not ((byte)',' or (byte)';' or (byte)'"'))
            end++;
        Add("password", start, end, 0.75);
    }

    private static bool IsLocal(byte c) => char.IsAsciiLetterOrDigit((char)c) || c >= 0x80 || c is (byte)'.' or (byte)'_' or (byte)'%' or (byte)'+' or (byte)'-' or (byte)'\'';
}
