using System.Globalization;
using TdmPortal.Core.Import.Making;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Checks;

/// <summary>What has no words in the expression language; the message says why, for people.</summary>
internal sealed class UntranslatableException(string why) : Exception(why);

/// <summary>Writes an expression of PostgreSQL in the schema's expression language where the meaning stays the same.</summary>
/// <param name="table">Whose columns the expression reads.</param>
/// <param name="value">What a domain's VALUE stands for.</param>
internal sealed class CheckTranslator(ImportTable table, ImportColumn? value = null)
{
    private static readonly string[] Reserved = ["and", "or", "not", "between", "in", "is", "null", "case", "when", "then", "else", "end", "true", "false"];

    /// <exception cref="UntranslatableException">The language has no words for a part of it.</exception>
    public string Write(ServerExpression expression) => expression switch
    {
        ServerLiteral literal => Literal(literal),
        ServerColumn column => Column(column),
        ServerCast cast => Cast(cast),
        ServerLogical logical => string.Join(logical.IsAnd ? " and " : " or ", logical.Operands.Select(Operand)),
        ServerNot not => $"not {Operand(not.Operand)}",
        ServerNullTest test => $"{Nullable(test.Operand)} is {(test.Negated ? "not " : "")}null",
        ServerTruthTest truth => $"{(truth.Negated != truth.Value ? "" : "not ")}coalesce({Write(truth.Operand)}, {(truth.Value ? "false" : "true")})",
        ServerDistinct distinct => Distinct(distinct),
        ServerBinary binary => Binary(binary),
        ServerUnary { Operator: "-" } unary => $"-{Operand(unary.Operand)}",
        ServerAny any => Any(any),
        ServerCall call => Call(call),
        ServerCase choice => $"case {string.Join(' ', choice.Branches.Select(branch => $"when {Write(branch.When)} then {Write(branch.Then)}"))}{(choice.Otherwise is null ? "" : $" else {Write(choice.Otherwise)}")} end",
        _ => throw new UntranslatableException("it has a form that constraints do not know"),
    };

    /// <summary>The column that an expression is but for casts that change no value; null where it is none.</summary>
    public ImportColumn? Bare(ServerExpression expression) => expression switch
    {
        ServerColumn { Name: "value" } when value is not null => value,
        ServerColumn column => table.Column(column.Name),
        ServerCast cast when Bare(cast.Operand) is { } found && KeepsValue(found, cast.Type) => found,
        _ => null,
    };

    private string Operand(ServerExpression expression) =>
        expression is ServerLogical or ServerBinary or ServerNullTest or ServerNot or ServerTruthTest or ServerDistinct or ServerAny ? $"({Write(expression)})" : Write(expression);

    private static string Literal(ServerLiteral literal) => literal.Kind switch
    {
        ServerLiteralKind.Null => "null",
        ServerLiteralKind.Number when literal.Text!.Contains('e', StringComparison.OrdinalIgnoreCase) => decimal.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : throw new UntranslatableException("it has a number that is too large"),
        ServerLiteralKind.Number or ServerLiteralKind.Boolean => literal.Text!,
        _ => $"'{literal.Text!.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private string Column(ServerColumn column) => Find(column) is { } found ? Name(found) : throw new UntranslatableException($"it reads {column.Name}, which is no column of the table");

    private ImportColumn? Find(ServerColumn column)
    {
        var found = column.Name == "value" && value is not null ? value : table.Column(column.Name);
        return found is { IsSkipped: true } ? throw new UntranslatableException($"it reads {found.Source.Name}, which the server computes") : found;
    }

    public static string Name(ImportColumn column) => Reserved.Contains(column.Field, StringComparer.Ordinal) ? $"\"{column.Field}\"" : column.Field;

    private string Nullable(ServerExpression operand)
    {
        var bare = operand;
        while (bare is ServerCast cast)
            bare = cast.Operand;
        return bare is ServerColumn column ? Column(column) : Operand(operand);
    }

    private string Cast(ServerCast cast)
    {
        if (cast.Operand is ServerLiteral { Kind: ServerLiteralKind.Text or ServerLiteralKind.Number } literal)
        {
            var type = BaseOf(cast.Type);
            if (type is "interval")
                throw new UntranslatableException("it reckons with an interval");
            return type is "integer" or "bigint" or "smallint" or "numeric" or "real" or "double precision" && decimal.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture) : Literal(literal);
        }

        if (cast.Operand is ServerCast inner && Bare(cast) is null && inner.Operand is ServerLiteral)
            return Cast(new(inner.Operand, cast.Type));
        if (Bare(cast) is { } column)
            return Column(new(column.Source.Name));
        var target = BaseOf(cast.Type);
        var kind = KindOf(cast.Operand);
        var isSame = kind switch
        {
            FieldType.String => target is "text" or "character varying" or "bpchar" or "citext",
            FieldType.Integer => target is "integer" or "bigint" or "numeric" or "double precision" or "smallint",
            FieldType.Decimal or FieldType.Double => target is "numeric" or "double precision" or "real",
            FieldType.Date => target is "date" or "timestamp" or "timestamp without time zone" or "timestamp with time zone",
            FieldType.Timestamp => target is "timestamp" or "timestamp without time zone" or "timestamp with time zone",
            _ => false,
        };
        return isSame ? Write(cast.Operand) : throw new UntranslatableException($"it turns a value into {cast.Type}");
    }

    private static string BaseOf(string type)
    {
        var bracket = type.IndexOf('(', StringComparison.Ordinal);
        var plain = bracket < 0 ? type : type[..bracket] + type[(type.IndexOf(')', bracket) + 1)..];
        return plain[(plain.LastIndexOf('.') + 1)..];
    }

    /// <summary>A cast that the server writes to make types agree, not one that cuts a value.</summary>
    private static bool KeepsValue(ImportColumn column, string type) => column.Type.IsArray || BaseOf(type) switch
    {
        "text" or "character varying" or "bpchar" or "varchar" or "citext" or "character" => column.Type is { Type: FieldType.String, Text: null },
        "numeric" or "double precision" or "real" or "bigint" => column.Type.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double && !(BaseOf(type) == "bigint" && column.Type.Type != FieldType.Integer),
        "integer" or "smallint" => column.Type.Type == FieldType.Integer,
        "timestamp" or "timestamp without time zone" or "timestamp with time zone" or "timestamptz" => column.Type.Type is FieldType.Timestamp or FieldType.Date,
        "date" => column.Type.Type == FieldType.Date,
        var other => other.Equals(column.Source.BaseType, StringComparison.OrdinalIgnoreCase),
    };

    public FieldType? KindOf(ServerExpression expression) => expression switch
    {
        ServerColumn column => Find(column) is { Type.IsArray: false } found ? found.Type.Type : null,
        ServerLiteral { Kind: ServerLiteralKind.Number } => FieldType.Decimal,
        ServerCast cast => BaseOf(cast.Type) switch
        {
            "date" => FieldType.Date,
            "timestamp" or "timestamptz" or "timestamp without time zone" or "timestamp with time zone" => FieldType.Timestamp,
            "integer" or "bigint" or "smallint" => FieldType.Integer,
            "numeric" => FieldType.Decimal,
            "double precision" or "real" => FieldType.Double,
            "text" or "character varying" or "bpchar" => FieldType.String,
            _ => null,
        },
        ServerCall { Name: "lower" or "upper" or "btrim" or "concat" or "replace" or "substring" or "substr" } => FieldType.String,
        ServerCall { Name: "length" or "char_length" or "character_length" or "num_nulls" or "num_nonnulls" } => FieldType.Integer,
        ServerCall { Name: "now" } => FieldType.Timestamp,
        ServerCall { Name: "current_date" } => FieldType.Date,
        ServerCall { Name: "coalesce" or "greatest" or "least" or "abs" or "round" or "floor" or "ceil" or "ceiling", Arguments: [var first, ..] } => KindOf(first),
        ServerBinary { Operator: "||" } => FieldType.String,
        ServerBinary { Operator: "+" or "-" or "*" or "/" or "%" } arithmetic => KindOf(arithmetic.Left),
        ServerUnary { Operator: "-" } unary => KindOf(unary.Operand),
        _ => null,
    };

    private string Distinct(ServerDistinct distinct)
    {
        var (left, right) = (Operand(distinct.Left), Operand(distinct.Right));
        if (right == "null" || left == "null")
            return $"{(right == "null" ? left : right)} is {(distinct.Negated ? "" : "not ")}null";
        Comparable("=", distinct.Left, distinct.Right);
        var differs = $"coalesce({left} != {right}, ({left} is null) != ({right} is null))";
        return distinct.Negated ? $"not {differs}" : differs;
    }

    private string Binary(ServerBinary binary)
    {
        switch (binary.Operator)
        {
            case "=" or "<>" or "<" or "<=" or ">" or ">=":
                if (binary.Left is ServerRow || binary.Right is ServerRow)
                    throw new UntranslatableException("it compares several values at once");
                Comparable(binary.Operator, binary.Left, binary.Right);
                return $"{Operand(binary.Left)} {(binary.Operator == "<>" ? "!=" : binary.Operator)} {Operand(binary.Right)}";
            case "+" or "-" when Interval(binary.Right) is { } interval && KindOf(binary.Left) is FieldType.Date or FieldType.Timestamp:
                var sign = binary.Operator == "-" ? "-" : "";
                return interval.Months != 0 ? $"addMonths({Write(binary.Left)}, {sign}{Number(interval.Months)})" : $"addDays({Write(binary.Left)}, {sign}{Number(interval.Days)})";
            case "-" when KindOf(binary.Left) == FieldType.Date && KindOf(binary.Right) == FieldType.Date:
                return $"dateDiff({Write(binary.Left)}, {Write(binary.Right)})";
            case "+" or "-" when KindOf(binary.Left) == FieldType.Date && KindOf(binary.Right) is FieldType.Integer or FieldType.Decimal:
                return $"addDays({Write(binary.Left)}, {(binary.Operator == "-" ? "-" : "")}{Operand(binary.Right)})";
            case "+" or "-" or "*" or "/" or "%":
                Reckoned(binary.Left);
                Reckoned(binary.Right);
                return $"{Operand(binary.Left)} {binary.Operator} {Operand(binary.Right)}";
            case "||":
                // Of two texts: null where one is; concat skips nulls.
                return $"if({Nullable(binary.Left)} is null or {Nullable(binary.Right)} is null, null, concat({Write(binary.Left)}, {Write(binary.Right)}))";
            case "~~" when binary.Right is ServerCast or ServerLiteral && TextOf(binary.Right) is { } like:
                return Like(Operand(binary.Left), like);
            case "!~~" when TextOf(binary.Right) is { } unlike:
                return $"not ({Like(Operand(binary.Left), unlike)})";
            default:
                throw new UntranslatableException($"constraints have no operator {binary.Operator}");
        }
    }

    private void Reckoned(ServerExpression side)
    {
        if (Unwrapped(side) is ServerColumn column && Find(column) is { } found && !(found.Type.IsComparable && found.Type.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double))
            throw new UntranslatableException($"it reckons with {found.Source.SqlType}");
        if (Interval(side) is not null)
            throw new UntranslatableException("it reckons with an interval");
    }

    private static ServerExpression Unwrapped(ServerExpression expression)
    {
        while (expression is ServerCast cast)
            expression = cast.Operand;
        return expression;
    }

    public static string? TextOf(ServerExpression expression) => Unwrapped(expression) is ServerLiteral { Kind: ServerLiteralKind.Text, Text: { } text } ? text : null;

    /// <summary>Values that stand for another type are texts here, and texts have another order there.</summary>
    private void Comparable(string symbol, ServerExpression left, ServerExpression right)
    {
        foreach (var side in new[] { left, right })
        {
            if (Unwrapped(side) is not ServerColumn column || Find(column) is not { } found)
                continue;
            var isEqual = symbol is "=" or "<>";
            if (found.Type.IsArray || found.Type.Type == FieldType.Json || (found.Type.Text is not null && !isEqual) || (found.Type.Text is not null && found.Type.Name is not ("bit" or "ltree")))
                throw new UntranslatableException($"it compares {found.Source.SqlType}");
            if (!isEqual && found.Type.Type == FieldType.String)
                throw new UntranslatableException(found.Type.Values is null ? "the order of texts depends on the server's language" : "it compares by the order of an enumeration");
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>'1 day'</c>, <c>'2 mons'</c>, <c>'1 year'</c>; null for others.</summary>
    private static (long Months, long Days)? Interval(ServerExpression expression)
    {
        if (expression is not ServerCast { Type: var type } cast || !type.StartsWith("interval", StringComparison.Ordinal) || TextOf(cast) is not { } text)
            return null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (months, days) = (0L, 0L);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (!long.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return null;
            switch (words[i + 1].TrimEnd('s'))
            {
                case "day":
                    days += number;
                    break;
                case "week":
                    days += 7 * number;
                    break;
                case "mon" or "month":
                    months += number;
                    break;
                case "year":
                    months += 12 * number;
                    break;
                default:
                    return null;
            }
        }

        return words.Length == 0 || words.Length % 2 != 0 || (months != 0 && days != 0) ? null : (months, days);
    }

    private static string Like(string operand, string like)
    {
        var inner = like.Trim('%');
        if (like.Contains('\\', StringComparison.Ordinal) || inner.Contains('%', StringComparison.Ordinal) || inner.Contains('_', StringComparison.Ordinal))
            throw new UntranslatableException("constraints have no LIKE with places to fill inside");
        var text = $"'{inner.Replace("'", "''", StringComparison.Ordinal)}'";
        var length = inner.EnumerateRunes().Count();
        return (like.StartsWith('%'), like.EndsWith('%')) switch
        {
            _ when inner.Length == 0 => $"length({operand}) >= 0",
            (false, false) => $"{operand} = {text}",
            (false, true) => $"substring({operand}, 1, {Number(length)}) = {text}",
            (true, false) => $"substring({operand}, length({operand}) - {Number(length - 1)}) = {text}",
            _ => $"replace({operand}, {text}, '') != {operand}",
        };
    }

    private string Any(ServerAny any)
    {
        var isIn = any is { Operator: "=", IsAll: false };
        if (!isIn && any is not { Operator: "<>", IsAll: true })
            throw new UntranslatableException($"constraints have no {any.Operator} {(any.IsAll ? "ALL" : "ANY")}");
        if (ItemsOf(any.Array) is not { } items)
            throw new UntranslatableException("it looks into a list");
        Comparable("=", any.Left, any.Left);
        return items.Count == 0 ? (isIn ? "1 = 0" : "1 = 1") : $"{Operand(any.Left)} {(isIn ? "in" : "not in")} ({string.Join(", ", items.Select(Write))})";
    }

    /// <summary>The values of <c>ARRAY[…]</c> or of <c>'{a,b}'::text[]</c>.</summary>
    public static IReadOnlyList<ServerExpression>? ItemsOf(ServerExpression array)
    {
        switch (Unwrapped(array))
        {
            case ServerArray list:
                return list.Items;
            case ServerLiteral { Kind: ServerLiteralKind.Text, Text: ['{', .., '}'] text } when !text.Contains('"', StringComparison.Ordinal) && text.LastIndexOf('{') == 0:
                return [.. text[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => new ServerLiteral(item, ServerLiteralKind.Text))];
            default:
                return null;
        }
    }

    private string Call(ServerCall call)
    {
        string All() => string.Join(", ", call.Arguments.Select(Write));
        switch (call.Name)
        {
            case "length" or "char_length" or "character_length" when call.Arguments is [var text]:
                return Unwrapped(text) is ServerColumn column && Find(column) is { Type: { Text: not null } or { Type: not FieldType.String } } ? throw new UntranslatableException("it measures a value that is no text here") : $"length({Write(text)})";
            case "btrim" or "trim" when call.Arguments.Count == 1:
                return $"trim({All()})";
            case "lower" or "upper" or "concat" or "coalesce" or "abs" or "floor" or "ceil" or "round" or "replace":
                if (call.Name is "lower" or "upper" && call.Arguments is [var operand] && Unwrapped(operand) is ServerColumn bound && Find(bound) is { Type.Text: not null })
                    throw new UntranslatableException("it looks at a bound of a range");
                return $"{call.Name}({All()})";
            case "ceiling":
                return $"ceil({All()})";
            case "greatest":
                return $"max({All()})";
            case "least":
                return $"min({All()})";
            case "substr" or "substring" or "\"substring\"" when call.Arguments.Count is 2 or 3 && TextOf(call.Arguments[1]) is null:
                return $"substring({All()})";
            case "left" when call.Arguments.Count == 2:
                return $"substring({Write(call.Arguments[0])}, 1, {Write(call.Arguments[1])})";
            case "date_part" when call.Arguments is [ServerLiteral { Text: "year" or "month" or "day" } or ServerCast { Operand: ServerLiteral { Text: "year" or "month" or "day" } }, var day]:
                return $"{TextOf(call.Arguments[0])}({Write(day)})";
            case "num_nonnulls" or "num_nulls" when call.Arguments.Count > 0 && call.Arguments.All(one => Unwrapped(one) is ServerColumn):
                return "(" + string.Join(" + ", call.Arguments.Select(one => $"if({Nullable(one)} is null, {(call.Name == "num_nulls" ? "1, 0" : "0, 1")})")) + ")";
            case "strpos" or "position" when call.Arguments.Count == 2 && TextOf(call.Arguments[1]) is not null:
                throw new UntranslatableException("constraints cannot look for a place in a text");
            case "now" or "current_date" or "clock_timestamp" or "transaction_timestamp" or "statement_timestamp":
                throw new UntranslatableException("it depends on the moment when it is checked");
            default:
                throw new UntranslatableException($"constraints have no function {call.Name}");
        }
    }
}
