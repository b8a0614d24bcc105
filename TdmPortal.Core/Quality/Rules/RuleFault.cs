namespace TdmPortal.Core.Quality.Rules;

/// <summary>A rule cannot be looked at; the message says why. Never leaves this folder.</summary>
internal sealed class RuleFault(string message) : Exception(message)
{
    /// <summary>Whether a failure belongs to the rule that was looked at and not to the machine.</summary>
    public static bool IsOfRule(Exception failure) => failure is RuleFault or OverflowException or DivideByZeroException or ArgumentOutOfRangeException or System.Text.RegularExpressions.RegexMatchTimeoutException;

    public static string Text(Exception failure) => failure switch
    {
        DivideByZeroException => "division by zero",
        RuleFault => failure.Message,
        System.Text.RegularExpressions.RegexMatchTimeoutException => "the pattern took too long",
        _ => "a value is out of range",
    };
}
