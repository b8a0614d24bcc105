namespace TdmPortal.Core.Changes;

/// <summary>What an edit does to a part of the rows.</summary>
public enum ChangeKind
{
    /// <summary>Nothing, as far as one looked.</summary>
    Same,
    /// <summary>Some of its values are others.</summary>
    Changed,
    /// <summary>It was not there before.</summary>
    Added,
    /// <summary>It is not there any more.</summary>
    Removed,
}
