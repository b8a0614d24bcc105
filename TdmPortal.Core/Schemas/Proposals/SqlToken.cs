namespace TdmPortal.Core.Schemas.Proposals;

internal enum SqlTokenKind
{
    End,
    Word,
    QuotedName,
    Number,
    Text,
    Symbol,
}

/// <param name="Text">A word as written, a name or text without its quotes, a number's digits, a symbol.</param>
/// <param name="Line">1-based.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Line)
{
    public bool Is(string word) => Kind is SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Text == symbol;

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
}
