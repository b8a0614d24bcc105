using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Environments;

/// <summary>What somebody wrote about something: trimmed, null when there is nothing, and no longer than its column.</summary>
internal static class Remark
{
    /// <summary>A version's note, and the one of a publication.</summary>
    public const int LongestNote = 500;

    /// <exception cref="PortalException">dataset.note_too_long</exception>
    public static string? Note(string? text) => Check(text, LongestNote, "dataset.note_too_long", "note");

    /// <summary>Longer than <paramref name="most"/> is an error with this code; <paramref name="what"/> names the text for people.</summary>
    /// <exception cref="PortalException"/>
    public static string? Check(string? text, int most, string code, string what)
    {
        var trimmed = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return trimmed is null || trimmed.Length <= most ? trimmed
            : throw new PortalException(code, $"The {what} has {trimmed.Length} characters; {most} are the most.") { SuggestedActions = ["Shorten it"] };
    }
}
