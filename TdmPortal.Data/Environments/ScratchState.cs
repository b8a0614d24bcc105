namespace TdmPortal.Data.Environments;

/// <summary>Where a scratch copy stands.</summary>
public enum ScratchState
{
    /// <summary>Its rows are being copied; nobody can sign in.</summary>
    Building,
    /// <summary>Open to its login.</summary>
    Ready,
    /// <summary>It outgrew its quota; its login is closed until it is reset or given more.</summary>
    Full,
    /// <summary>Its rows could not be copied; a reset tries again.</summary>
    Failed,
}
