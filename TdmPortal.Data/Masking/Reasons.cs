using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Masking;

/// <summary>Reasons that people must give, for the record.</summary>
internal static class Reasons
{
    private const int Shortest = 5;

    /// <exception cref="PortalException">masking.bad_reason</exception>
    public static string Check(string? reason, int longest)
    {
        var text = reason?.Trim() ?? "";
        if (text.Length < Shortest)
            throw new PortalException("masking.bad_reason", "A reason is needed; it goes into the audit.") { SuggestedActions = ["Say in a few words why, such as a ticket's number"] };
        return text.Length <= longest ? text : throw new PortalException("masking.bad_reason", $"The reason has {text.Length} characters; {longest} are the most.") { SuggestedActions = ["Shorten it"] };
    }
}
