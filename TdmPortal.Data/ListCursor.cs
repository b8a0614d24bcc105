using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TdmPortal.Data;

/// <summary>Where a page of a list ended that is ordered by time and id, newest first; opaque outside.</summary>
internal sealed record ListCursor(DateTimeOffset At, Guid Id)
{
    /// <summary>Null for none, and for one that somebody made up: the list then starts at its beginning.</summary>
    public static ListCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        return parts is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks && Guid.TryParse(id, out var guid)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
    }

    /// <summary>A pattern for ILIKE with <c>\</c> as escape that finds a text anywhere.</summary>
    public static string Containing(string text) =>
        "%" + text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}|{Id}"));
}
