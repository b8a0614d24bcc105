namespace TdmPortal.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The user's schema or options cannot be worked with, or data does not keep its rules.</summary>
    public const int Mistake = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    public const int Interrupted = 130;
}
