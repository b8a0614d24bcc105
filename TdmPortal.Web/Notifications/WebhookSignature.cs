using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TdmPortal.Web.Notifications;

/// <summary>How a receiver knows that a call came from the portal, and when: docs/notifications.md shows the other side.</summary>
public static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Tdm-Signature";

    /// <summary><c>t=</c> the time in seconds since 1970, <c>v1=</c> HMAC-SHA256 over time, a point and the body, in hexadecimal.</summary>
    public static string Make(string key, DateTimeOffset at, string body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{seconds}.{body}")))}";
    }
}
