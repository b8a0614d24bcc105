using TdmPortal.Core.Errors;

namespace TdmPortal.Postgres;

/// <summary>Rows cannot go into the tables as they are; nothing was tried.</summary>
public sealed class LoadRefusedException : PortalException
{
    internal LoadRefusedException(IReadOnlyList<string> reasons)
        : base("load.refused", $"Nothing was loaded: {reasons[0]}{(reasons.Count == 1 ? "" : $", and {reasons.Count - 1} more {(reasons.Count == 2 ? "reason" : "reasons")}")}.")
    {
        Reasons = reasons;
        Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reasons"] = reasons };
        SuggestedActions = ["Import the structure of the database again, so that the schema fits it", "Mend what the reasons name"];
    }

    /// <summary>All of them, a sentence each, without values.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
