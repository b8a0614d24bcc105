namespace TdmPortal.Data.Jobs;

/// <summary>What a node learns when it renews its lease.</summary>
internal enum Heartbeat
{
    /// <summary>The job is still this node's.</summary>
    Own,
    /// <summary>A user wants it stopped.</summary>
    Cancel,
    /// <summary>Another node took it up, or it was ended: stop without a trace.</summary>
    Lost,
}
