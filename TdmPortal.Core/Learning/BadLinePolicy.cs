namespace TdmPortal.Core.Learning;

/// <summary>What a bad line means for the rest of a file.</summary>
public enum BadLinePolicy
{
    /// <summary>It is told, kept aside, and reading goes on behind it.</summary>
    GoOn,
    /// <summary>The first one ends everything (error <c>file.bad_line</c>).</summary>
    Stop,
}
