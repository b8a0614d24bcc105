namespace TdmPortal.Core.Refresh;

/// <summary>Who or what started a run.</summary>
public enum RefreshCause
{
    /// <summary>Its time had come.</summary>
    Planned,
    /// <summary>Its time had passed while no portal ran: it makes up for all that were missed.</summary>
    Late,
    /// <summary>A person.</summary>
    Manual,
    /// <summary>The success of the run before it in the chain.</summary>
    Chain,
}
