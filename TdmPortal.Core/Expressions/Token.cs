namespace TdmPortal.Core.Expressions;

internal enum TokenKind
{
    End,
    Name,
    QuotedName,
    Number,
    Text,
    Symbol,
}

/// <param name="Text">A name as written, a text without its quotes, a number's digits, or the symbol.</param>
/// <param name="Position">0-based offset in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool IsKeyword(string keyword) => Kind == TokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
