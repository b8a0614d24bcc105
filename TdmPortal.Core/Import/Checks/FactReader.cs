using System.Globalization;
using TdmPortal.Core.Import.Making;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Checks;

/// <summary>Takes from checks what they say of one column, so that its generator keeps to it by construction.</summary>
internal sealed class FactReader(CheckTranslator translator)
{
    /// <returns>Whether a generator that keeps to the facts is enough for the check to hold.</returns>
    public bool Take(ServerExpression check) => check switch
    {
        ServerLogical { IsAnd: true } all => all.Operands.Select(Take).ToList().TrueForAll(one => one),
        // "x is null or x > 0": what holds of x holds of its null as well.
        ServerLogical any when any.Operands.Where(one => one is not ServerNullTest { Negated: false }).ToList() is [var only] && any.Operands.OfType<ServerNullTest>().All(test => Reads(only, test.Operand)) => Take(only),
        // "x is null or x >= y": the order of the two holds where both are there.
        ServerLogical any when any.Operands.Where(one => one is not ServerNullTest { Negated: false }).ToList() is [ServerBinary { Operator: ">" or ">=" or "<" or "<=" } order] && translator.Bare(order.Left) is { } left && translator.Bare(order.Right) is { } right && any.Operands.OfType<ServerNullTest>().All(test => translator.Bare(test.Operand) is { } tested && (tested == left || tested == right)) => Take(order),
        ServerLogical any => Choice(any) || Alternatives(any),
        ServerNullTest { Negated: true } test when translator.Bare(test.Operand) is { } column => NotNull(column),
        ServerNot { Operand: ServerBinary { Operator: "~" } match } => NotMatching(match),
        ServerNot { Operand: ServerCall { Name: "isempty" or "lower_inf" or "upper_inf", Arguments: [var range] } } => translator.Bare(range) is { Type.Text: not null },
        ServerAny any => OneOf(any),
        ServerBinary binary => Binary(binary) || (Mirrored(binary) is { } mirrored && Binary(mirrored)),
        ServerTruthTest { Value: true, Negated: false } truth => Take(truth.Operand),
        ServerCall { Name: "similar_to", Arguments: [var text, var form] } => Pattern(text, CheckTranslator.TextOf(form) is { } similar ? ServerPatterns.OfSimilar(similar) : null),
        ServerCall { Name: "starts_with", Arguments: [var text, var prefix] } => Pattern(text, CheckTranslator.TextOf(prefix) is { } start ? TypeTexts.Literal(start) + "[a-z0-9]{3,8}" : null),
        ServerLiteral { Kind: ServerLiteralKind.Boolean, Text: "true" } => true,
        _ => false,
    };

    private bool Reads(ServerExpression check, ServerExpression column) =>
        translator.Bare(column) is { } wanted && ServerColumns.Of(check).All(name => translator.Bare(new ServerColumn(name)) == wanted);

    private static bool NotNull(ImportColumn column) => column.Facts.NotNull = true;

    private bool OneOf(ServerAny any)
    {
        if (any is { Operator: "=", IsAll: false, Left: ServerCall { Name: "length" or "char_length" or "character_length" or "octet_length" } length } && CheckTranslator.ItemsOf(any.Array) is [var firstLength, ..] && NumberOf(firstLength) is { } size)
            return Length(length, "=", (int)Math.Clamp(size, 0, 1_000_000));
        if (any is { Operator: "=", IsAll: false } && CheckTranslator.ItemsOf(any.Array) is { } items && items.Select(LiteralOf).ToList() is var values && !values.Contains(null))
        {
            var operand = any.Left;
            if (operand is ServerCall { Name: "lower" or "upper" or "btrim", Arguments: [var inner] })
                operand = inner;
            if (translator.Bare(operand) is { Type.Text: null, Type.IsArray: false } column)
            {
                column.Facts.OneOf(values!);
                return true;
            }
        }
        else if (any is { Operator: "<>", IsAll: true } && CheckTranslator.ItemsOf(any.Array) is { } others && translator.Bare(any.Left) is { } column)
        {
            column.Facts.Not.UnionWith(others.Select(LiteralOf).OfType<string>());
        }
        else if (any is { Operator: "~~" or "~" or "~~*" or "~*", IsAll: false } && CheckTranslator.ItemsOf(any.Array)?[0] is { } first)
        {
            return Binary(new(any.Operator, any.Left, first));
        }

        return false;
    }

    /// <summary><c>a = 1 or a = 2</c> is a list of values.</summary>
    private bool Choice(ServerLogical any)
    {
        ImportColumn? column = null;
        var values = new List<string>();
        foreach (var operand in any.Operands)
        {
            if (operand is not ServerBinary { Operator: "=" } equal || translator.Bare(equal.Left) is not { } left || LiteralOf(equal.Right) is not { } value || (column is not null && left != column))
                return false;
            column = left;
            values.Add(value);
        }

        if (column is not { Type.Text: null })
            return false;
        column.Facts.OneOf(values);
        return true;
    }

    /// <summary>Of alternatives that say one thing each of the same column, the first that a generator can keep to.</summary>
    private bool Alternatives(ServerLogical any)
    {
        var columns = any.Operands.SelectMany(ServerColumns.Of).Distinct(StringComparer.Ordinal).ToList();
        return columns.Count == 1 && any.Operands.Any(one => one is ServerBinary { Operator: "~" or "~~" } or ServerCall { Name: "starts_with" } && Take(one));
    }

    private static string? LiteralOf(ServerExpression expression)
    {
        while (expression is ServerCast cast)
            expression = cast.Operand;
        return expression is ServerLiteral { Kind: not ServerLiteralKind.Null } literal ? literal.Text : null;
    }

    private static ServerBinary? Mirrored(ServerBinary binary) => binary.Operator switch
    {
        "=" or "<>" => new(binary.Operator, binary.Right, binary.Left),
        "<" => new(">", binary.Right, binary.Left),
        "<=" => new(">=", binary.Right, binary.Left),
        ">" => new("<", binary.Right, binary.Left),
        ">=" => new("<=", binary.Right, binary.Left),
        _ => null,
    };

    private bool Binary(ServerBinary binary)
    {
        switch (binary.Left)
        {
            case ServerCall { Name: "length" or "char_length" or "character_length" or "octet_length" or "bit_length" } length when NumberOf(binary.Right) is { } size:
                return Length(length, binary.Operator, (int)Math.Clamp(size, -1, 1_000_000));
            case ServerBinary { Operator: "%", Left: var divided, Right: var divisor } when binary.Operator == "=" && NumberOf(binary.Right) == 0 && NumberOf(divisor) is { } step && step != 0 && translator.Bare(divided) is { Type: { Type: FieldType.Integer or FieldType.Decimal, IsArray: false } } multiple:
                multiple.Facts.Step = multiple.Facts.Step is { } known && known % Math.Abs(step) == 0 ? known : Math.Abs(step);
                return true;
            case ServerCall { Name: "abs", Arguments: [var signed] } when binary.Operator is "<" or "<=" && NumberOf(binary.Right) is { } distance && translator.Bare(signed) is { Type: { Type: FieldType.Integer or FieldType.Decimal or FieldType.Double, IsArray: false } } either:
                either.Facts.AtLeast(-distance, binary.Operator == "<");
                either.Facts.AtMost(distance, binary.Operator == "<");
                return true;
            case ServerCall { Name: "array_length" or "cardinality" or "jsonb_array_length" or "json_array_length", Arguments: [var array, ..] } when NumberOf(binary.Right) is { } items && translator.Bare(array) is { } list:
                return Items(list, binary.Operator, (int)Math.Clamp(items, -1, 1000));
            case ServerCall { Name: "jsonb_typeof" or "json_typeof", Arguments: [var json] } when binary.Operator == "=" && CheckTranslator.TextOf(binary.Right) is { } type && translator.Bare(json) is { Type.Type: FieldType.Json } document:
                document.Facts.JsonType = type;
                return true;
            case ServerCall { Name: "lower" or "upper", Arguments: [var cased] } call when binary.Operator == "=" && translator.Bare(cased) is { } column && translator.Bare(binary.Right) == column:
                (column.Facts.IsLower, column.Facts.IsUpper) = call.Name == "lower" ? (true, column.Facts.IsUpper) : (column.Facts.IsLower, true);
                return true;
            case ServerCall { Name: "btrim" or "ltrim" or "rtrim", Arguments: [var trimmed] } when translator.Bare(trimmed) is { Type.Type: FieldType.String } text:
                if (binary.Operator == "<>" && CheckTranslator.TextOf(binary.Right) is "")
                    text.Facts.Length(1, null);
                return (binary.Operator == "<>" && CheckTranslator.TextOf(binary.Right) is "") || (binary.Operator == "=" && translator.Bare(binary.Right) == text);
            case ServerCall { Name: "strpos" or "position", Arguments: [var within, var what] } when NumberOf(binary.Right) is { } place && binary.Operator is ">" or ">=" && CheckTranslator.TextOf(what) is { Length: > 0 } sought && place < 4:
                return Containing(within, sought);
        }

        if (binary.Operator is "~" or "~*" or "~~" or "~~*")
            return Matching(binary);
        // The ranges that are made have a lower bound, an upper bound and something between.
        if (binary is { Operator: ">" or ">=" or "<>", Left: ServerCall { Name: "upper", Arguments: [var upper] }, Right: ServerCall { Name: "lower", Arguments: [var lower] } } && translator.Bare(upper) is { Type.Text: not null } of && of == translator.Bare(lower))
            return true;
        if (translator.Bare(binary.Left) is not { } found)
            return false;
        if (binary.Operator == "=" && Computed(found, binary.Right))
            return false;
        if (found.Type.Text is not null)
            return binary.Operator is ">" or ">=" or "<>" && found.Type.Name is "interval" or "money" && IsNothing(binary.Right);
        if (translator.Bare(binary.Right) is { } other)
        {
            if (binary.Operator is ">" or ">=" && found.Type.Type is FieldType.Date or FieldType.Timestamp && other.Type.Type is FieldType.Date or FieldType.Timestamp)
                found.Facts.After = other.Source.Name;
            return false;
        }

        return Bound(found, binary);
    }

    /// <summary><c>total = quantity * price</c>: drawing again would never meet it.</summary>
    private bool Computed(ImportColumn column, ServerExpression value)
    {
        var reads = ServerColumns.Of(value).Select(name => translator.Bare(new ServerColumn(name))).ToList();
        if (reads.Count == 0 || reads.Contains(null) || reads.Contains(column) || column.Facts.Computed is not null || column.IsLinked || column.Source.Identity is not null || column.Type is { IsArray: true } or { Text: not null })
            return false;
        try
        {
            // A text in small letters is equal to itself in small letters, and stays as different as it is.
            if (value is ServerCall { Name: "lower" or "upper" } call && translator.Bare(call.Arguments[0]) is { } cased)
            {
                (cased.Facts.IsLower, cased.Facts.IsUpper) = call.Name == "lower" ? (true, cased.Facts.IsUpper) : (cased.Facts.IsLower, true);
                if (column.Table.Unique.Exists(key => key is [var only] && only == column) && !column.Table.Keys.Any(key => key is [var only] && only == cased))
                    column.Table.Unique.Add([cased]);
                column.Facts.Computed = (CheckTranslator.Name(cased), [cased]);
            }
            else
            {
                column.Facts.Computed = (translator.Write(value), [.. reads.OfType<ImportColumn>()]);
            }

            return true;
        }
        catch (UntranslatableException)
        {
            return false;
        }
    }

    private static bool IsNothing(ServerExpression expression) => LiteralOf(expression) is { } text && text.All(c => c is '0' or ':' or '.' or '$' or ' ' or 'd' or 'a' or 'y' or 's' or 'h' or 'o' or 'u' or 'r');

    private bool Bound(ImportColumn column, ServerBinary binary)
    {
        var isDay = column.Type.Type is FieldType.Date or FieldType.Timestamp;
        if (binary.Operator == "=" && LiteralOf(binary.Right) is { } only)
        {
            column.Facts.OneOf([only]);
            return true;
        }

        if (binary.Operator == "<>" && LiteralOf(binary.Right) is { } never)
        {
            column.Facts.Not.Add(never);
            if (never.Length == 0)
                column.Facts.Length(1, null);
            return never.Length == 0;
        }

        if (isDay && DayOf(binary.Right) is { } day)
        {
            switch (binary.Operator)
            {
                case ">" or ">=":
                    column.Facts.NotBefore(day == "now" ? "now+10y" : day);
                    return true;
                case "<" or "<=":
                    column.Facts.NotAfter(day);
                    return true;
            }
        }

        if (column.Type is { Type: FieldType.String, Values: null, IsArray: false } && LiteralOf(binary.Right) is [var letter] && char.IsAsciiLetterOrDigit(letter))
            return Letter(column, binary.Operator, letter);
        if (!isDay && NumberOf(binary.Right) is { } number && column.Type is { Type: FieldType.Integer or FieldType.Decimal or FieldType.Double, IsArray: false })
        {
            switch (binary.Operator)
            {
                case ">" or ">=":
                    column.Facts.AtLeast(number, binary.Operator == ">");
                    return true;
                case "<" or "<=":
                    column.Facts.AtMost(number, binary.Operator == "<");
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>between 'A' and 'Z'</c>: one such letter keeps to it in every language.</summary>
    private static bool Letter(ImportColumn column, string symbol, char letter)
    {
        var facts = column.Facts;
        switch (symbol)
        {
            case ">" or ">=":
                facts.FirstLetter = letter;
                break;
            case "<" or "<=":
                facts.LastLetter = letter;
                break;
            default:
                return false;
        }

        if (facts is { FirstLetter: { } first, LastLetter: { } last } && first < last)
            facts.Pattern ??= $"[{first}-{last}]";
        return true;
    }

    private static string? DayOf(ServerExpression expression)
    {
        var bare = expression;
        while (bare is ServerCast cast)
            bare = cast.Operand;
        return bare switch
        {
            ServerCall { Name: "now" or "current_date" or "clock_timestamp" or "transaction_timestamp" or "statement_timestamp" } => "now",
            // Some time after or before now: what stands on the safe side of it is near enough.
            ServerBinary { Operator: "+" or "-", Left: var left } when DayOf(left) == "now" => "now",
            ServerLiteral { Kind: ServerLiteralKind.Text, Text: "now" } => "now",
            ServerLiteral { Kind: ServerLiteralKind.Text, Text: { Length: >= 10 } text } when DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => text[..10],
            _ => null,
        };
    }

    private static decimal? NumberOf(ServerExpression expression) => expression switch
    {
        ServerCast cast => NumberOf(cast.Operand),
        ServerUnary { Operator: "-" } unary => -NumberOf(unary.Operand),
        ServerLiteral { Kind: ServerLiteralKind.Number or ServerLiteralKind.Text, Text: { } text } when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private bool Length(ServerCall call, string symbol, int size)
    {
        var operand = call.Arguments[0];
        while (operand is ServerCall { Name: "btrim" or "lower" or "upper" or "ltrim" or "rtrim", Arguments: [var inner] })
            operand = inner;
        if (translator.Bare(operand) is not { Type: { Type: FieldType.String, IsArray: false } } column)
            return false;
        if (column.Type.Text is not null && column.Type.Name != "bytea")
            return symbol is ">" && size <= 0;
        var least = call.Name == "bit_length" ? size / 8 : size;
        switch (symbol)
        {
            case "=":
                column.Facts.Length(least, least);
                return true;
            case ">" or ">=":
                column.Facts.Length(symbol == ">" ? least + 1 : least, null);
                return true;
            case "<" or "<=":
                var most = symbol == "<" ? least - 1 : least;
                // A letter has up to four bytes.
                column.Facts.Length(null, call.Name == "octet_length" ? Math.Max(1, most / 4) : most);
                return true;
            default:
                return symbol == "<>" && size == 0;
        }
    }

    private static bool Items(ImportColumn column, string symbol, int count)
    {
        var facts = column.Facts;
        switch (symbol)
        {
            case "=":
                (facts.MinItems, facts.MaxItems) = (count, count);
                return true;
            case ">" or ">=":
                facts.MinItems = Math.Max(facts.MinItems ?? 0, symbol == ">" ? count + 1 : count);
                return true;
            case "<" or "<=":
                facts.MaxItems = Math.Min(facts.MaxItems ?? 1000, symbol == "<" ? count - 1 : count);
                return true;
            default:
                return false;
        }
    }

    private bool Matching(ServerBinary binary)
    {
        if (binary.Right is ServerCall { Name: "similar_to_escape" or "similar_escape", Arguments: [var similar, ..] } && CheckTranslator.TextOf(similar) is { } form)
            return Pattern(binary.Left, ServerPatterns.OfSimilar(form));
        if (CheckTranslator.TextOf(binary.Right) is not { } pattern)
            return false;
        var operand = binary.Left;
        if (operand is ServerCall { Name: "lower" or "upper" or "btrim", Arguments: [var inner] })
            operand = inner;
        var isRegex = binary.Operator is "~" or "~*";
        if (!Pattern(operand, isRegex ? ServerPatterns.OfRegex(pattern) : ServerPatterns.OfLike(pattern)))
            return false;
        if (isRegex && translator.Bare(operand) is { } column)
            column.Facts.Regex = binary.Operator == "~*" || binary.Left is ServerCall { Name: "lower" or "upper" } || column.Type.IgnoresCase ? "(?i)" + pattern : pattern;
        return true;
    }

    private bool Pattern(ServerExpression operand, string? pattern)
    {
        if (pattern is null || translator.Bare(operand) is not { Type: { Type: FieldType.String, Text: null, Values: null, IsArray: false } } column)
            return false;
        if (column.Facts.Pattern is not null)
            return column.Facts.Pattern == pattern;
        column.Facts.Pattern = pattern;
        return true;
    }

    /// <summary><c>!~ '[^a-z]'</c>: nothing but these characters.</summary>
    private bool NotMatching(ServerBinary match)
    {
        if (CheckTranslator.TextOf(match.Right) is not { } pattern)
            return false;
        if (pattern.StartsWith("[^", StringComparison.Ordinal) && pattern.IndexOf(']', 3) == pattern.Length - 1 && ServerPatterns.OfRegex($"[{pattern[2..]}{{3,12}}") is { } only)
            return Pattern(match.Left, only);
        // Words of plain letters have no blanks, no capitals and no signs.
        return pattern is @"\s" or @"[[:space:]]" or " " or @"\W" or "[A-Z]" or "[[:upper:]]" or @"[^\x20-\x7E]" or "--" or "__" or @"\.\." or "//" or "^_" or "^-" or @"^\s" or @"^\s+" && Pattern(match.Left, "[a-z]{3,12}");
    }

    private bool Containing(ServerExpression within, string sought)
    {
        if (translator.Bare(within) is not { } column)
            return false;
        if (sought == "@" && column.Facts.Pattern is null)
            return Pattern(within, "[a-z]{3,10}@example\\.(com|org|net)");
        return Pattern(within, $"[a-z]{{3,6}}{TypeTexts.Literal(sought)}[a-z]{{3,6}}");
    }
}
