using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Audit;

/// <summary>That the chain had this head at that time, signed. Kept elsewhere, it shows a cut tail and a chain made anew.</summary>
/// <param name="Installation">Which portal's.</param>
/// <param name="Number">The last record then.</param>
/// <param name="Hash">Its hash, hexadecimal.</param>
/// <param name="Signature">HMAC-SHA256 with a key made from the portal's key, hexadecimal.</param>
public sealed record AuditAnchor(string Installation, long Number, string Hash, DateTimeOffset AnchoredAt, string Signature)
{
    /// <summary>What is signed.</summary>
    internal string Statement => string.Create(CultureInfo.InvariantCulture, $"TdmPortal audit anchor\n{Installation}\n{Number}\n{Hash}\n{AnchoredAt.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}");

    /// <summary>One line of an exported file.</summary>
    public string ToJson() => StoredJson.Write(this);

    /// <summary>Reads an exported file: one anchor a line.</summary>
    /// <exception cref="PortalException">audit.bad_anchors</exception>
    public static async Task<IReadOnlyList<AuditAnchor>> ReadAsync(Stream file, CancellationToken cancellation)
    {
        var anchors = new List<AuditAnchor>();
        using var reader = new StreamReader(file, leaveOpen: true);
        try
        {
            while (await reader.ReadLineAsync(cancellation) is { } line)
            {
                if (line.Trim().Length > 0)
                    anchors.Add(StoredJson.Read<AuditAnchor>(line));
            }
        }
        catch (JsonException)
        {
            throw new PortalException("audit.bad_anchors", $"Line {(anchors.Count + 1).ToString(CultureInfo.InvariantCulture)} of this file is no anchor.") { SuggestedActions = ["Take a file that was exported from the audit page"] };
        }

        return anchors;
    }
}
