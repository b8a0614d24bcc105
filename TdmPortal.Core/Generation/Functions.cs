using System.Text;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>The functions of expressions.</summary>
internal static class Functions
{
    public static Column Of(FunctionCall call, ExpressionRows frame)
    {
        var arguments = new Column[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Evaluation.Of(call.Arguments[i], frame);
        var result = Evaluation.Scratch(call.Type, frame);
        if (call.Kind is FunctionKind.Least or FunctionKind.Greatest or FunctionKind.Coalesce)
            return Select(call, arguments, result);
        if (call.Kind == FunctionKind.Concat)
            return Concat(arguments, (TextColumn)result);
        if (result is TextColumn texts)
        {
            for (var i = 0; i < frame.Count; i++)
            {
                if (Array.Exists(arguments, argument => argument.IsNull(i)))
                    texts.AddNull();
                else
                    AddText(call.Kind, arguments, texts, i);
            }

            return texts;
        }

        foreach (var argument in arguments)
            Evaluation.PassNulls(argument, result);
        for (var i = 0; i < frame.Count; i++)
        {
            if (result.IsNull(i))
                continue;
            if (result is WideColumn wides)
                wides.Values[i] = Decimal(call, ((WideColumn)arguments[0]).Values[i]);
            else if (result is DoubleColumn doubles)
                doubles.Values[i] = Double(call.Kind, ((DoubleColumn)arguments[0]).Values[i]);
            else
                ((LongColumn)result).Values[i] = Long(call, arguments, i);
        }

        return result;
    }

    private static Column Select(FunctionCall call, Column[] arguments, Column result)
    {
        for (var i = 0; i < result.Count; i++)
        {
            var best = arguments[0];
            foreach (var argument in arguments.AsSpan(1))
            {
                if (argument.IsNull(i))
                    continue;
                if (best.IsNull(i))
                {
                    best = argument;
                    continue;
                }

                var order = call.Kind == FunctionKind.Coalesce ? 0 : Evaluation.Order(argument, i, best, i, call.Type);
                if (call.Kind == FunctionKind.Least ? order < 0 : order > 0)
                    best = argument;
            }

            result.Take(i, best, i);
        }

        return result;
    }

    private static TextColumn Concat(Column[] arguments, TextColumn result)
    {
        for (var i = 0; i < result.Count; i++)
        {
            foreach (var argument in arguments)
            {
                if (!argument.IsNull(i))
                    result.Append(((TextColumn)argument)[i]);
            }

            result.End();
        }

        return result;
    }

    private static void AddText(FunctionKind kind, Column[] arguments, TextColumn to, int row)
    {
        var text = ((TextColumn)arguments[0])[row];
        switch (kind)
        {
            case FunctionKind.Upper or FunctionKind.Lower:
                while (!text.IsEmpty)
                {
                    Rune.DecodeFromUtf8(text, out var rune, out var size);
                    rune = kind == FunctionKind.Upper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune);
                    to.Advance(rune.EncodeToUtf8(to.Reserve(4)));
                    text = text[size..];
                }

                break;
            case FunctionKind.Trim:
                to.Append(text.Trim((byte)' '));
                break;
            case FunctionKind.Substring:
                to.Append(Substring(text, ((LongColumn)arguments[1]).Values[row], arguments.Length > 2 ? ((LongColumn)arguments[2]).Values[row] : null));
                break;
            default:
                var what = ((TextColumn)arguments[1])[row];
                var by = ((TextColumn)arguments[2])[row];
                for (var at = what.IsEmpty ? -1 : text.IndexOf(what); at >= 0; at = text.IndexOf(what))
                {
                    to.Append(text[..at]);
                    to.Append(by);
                    text = text[(at + what.Length)..];
                }

                to.Append(text);
                break;
        }

        to.End();
    }

    private static ReadOnlySpan<byte> Substring(ReadOnlySpan<byte> text, long start, long? length)
    {
        if (length < 0)
            throw new OverflowException();
        var end = length is { } count ? Math.Min(start + Math.Min(count, int.MaxValue), int.MaxValue) : int.MaxValue;
        var first = (int)Math.Clamp(start - 1, 0, int.MaxValue);
        if (end - 1 <= first)
            return [];
        var from = TextCut.Bytes(text, first);
        return text[from..TextCut.Bytes(text, (int)end - 1)];
    }

    private static Int128 Decimal(FunctionCall call, Int128 value)
    {
        var from = call.Arguments[0].Type.Scale;
        if (call.Kind == FunctionKind.Abs)
            return Int128.Abs(value);
        if (call.Kind == FunctionKind.Round)
            return Decimals.Rescale(value, from, call.Type.Scale);
        var unit = PowersOfTen.Wide(from);
        var (quotient, remainder) = Int128.DivRem(value, unit);
        return call.Kind == FunctionKind.Floor ? (remainder < 0 ? quotient - 1 : quotient) : (remainder > 0 ? quotient + 1 : quotient);
    }

    private static double Double(FunctionKind kind, double value) => kind switch
    {
        FunctionKind.Round => Math.Round(value, MidpointRounding.ToEven),
        FunctionKind.Floor => Math.Floor(value),
        FunctionKind.Ceil => Math.Ceiling(value),
        _ => Math.Abs(value),
    };

    private static long Long(FunctionCall call, Column[] arguments, int row)
    {
        if (call.Kind == FunctionKind.Length)
            return CodePoints(((TextColumn)arguments[0])[row]);
        var value = ((LongColumn)arguments[0]).Values[row];
        var isInstant = call.Arguments[0].Type.Kind == FieldType.Timestamp;
        switch (call.Kind)
        {
            case FunctionKind.Abs:
                return Math.Abs(value);
            case FunctionKind.DateDiff:
                return value - ((LongColumn)arguments[1]).Values[row];
            case FunctionKind.AddDays:
                return checked(value + (((LongColumn)arguments[1]).Values[row] * (isInstant ? TimeText.Day : 1)));
        }

        var days = isInstant ? Evaluation.Days(value) : value;
        var date = new DateOnly(1970, 1, 1).AddDays(checked((int)days));
        switch (call.Kind)
        {
            case FunctionKind.Year:
                return date.Year;
            case FunctionKind.Month:
                return date.Month;
            case FunctionKind.Day:
                return date.Day;
            default:
                var moved = date.AddMonths(checked((int)((LongColumn)arguments[1]).Values[row])).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
                return isInstant ? (moved * TimeText.Day) + (value - (days * TimeText.Day)) : moved;
        }
    }

    private static long CodePoints(ReadOnlySpan<byte> text)
    {
        long count = 0;
        foreach (var b in text)
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }
}
