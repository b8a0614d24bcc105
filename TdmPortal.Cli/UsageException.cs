namespace TdmPortal.Cli;

/// <summary>Options that do not go together.</summary>
internal sealed class UsageException(string message) : Exception(message);
