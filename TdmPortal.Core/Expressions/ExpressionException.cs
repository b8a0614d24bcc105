namespace TdmPortal.Core.Expressions;

/// <summary>Leaves the parser or checker at the first error; never leaves this folder.</summary>
internal sealed class ExpressionException(int position, string message, string? suggestion = null) : Exception(message)
{
    public ExpressionError Error { get; } = new(position, message, suggestion);
}
