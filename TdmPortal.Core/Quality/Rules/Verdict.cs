namespace TdmPortal.Core.Quality.Rules;

/// <summary>What a check says of a row.</summary>
internal static class Verdict
{
    /// <summary>It is not looked at, such as a null.</summary>
    public const byte None = 0;

    public const byte Holds = 1;

    public const byte Fails = 2;
}
