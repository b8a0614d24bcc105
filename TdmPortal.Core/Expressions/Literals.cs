using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>Literals as columns hold them.</summary>
internal static class Literals
{
    private static readonly string[] TimestampForms =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFK",
        "yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mm:ss.FFFFFFzz",
    ];

    private static readonly string[] TimeForms = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF"];

    public static Constant Number(NumberSyntax number)
    {
        if (long.TryParse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return new(ExpressionType.Integer, whole);
        return Decimal(number.Digits) is { } exact
            ? new(ExpressionType.Decimal(exact.Scale), exact.Unscaled)
            : throw new ExpressionException(number.Position, $"A number has at most {ExpressionType.MaxDigits} digits.");
    }

    /// <summary>A text in quotes as a value of the type that it meets; null where it is none.</summary>
    public static Constant? Parse(string text, ExpressionType type)
    {
        const NumberStyles Sign = NumberStyles.AllowLeadingSign;
        var invariant = CultureInfo.InvariantCulture;
        switch (type.Kind)
        {
            case FieldType.String:
                return new(type, text);
            case FieldType.Integer when long.TryParse(text, Sign, invariant, out var whole):
                return new(type, whole);
            case FieldType.Decimal when Decimal(text) is { } exact:
                return new(ExpressionType.Decimal(exact.Scale), exact.Unscaled);
            case FieldType.Double when double.TryParse(text, NumberStyles.Float, invariant, out var number) && double.IsFinite(number):
                return new(type, number);
            case FieldType.Boolean when text.ToLowerInvariant() is "true" or "t" or "yes" or "on" or "1":
                return new(type, true);
            case FieldType.Boolean when text.ToLowerInvariant() is "false" or "f" or "no" or "off" or "0":
                return new(type, false);
            case FieldType.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out var day):
                return new(type, (long)day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
            case FieldType.Time when TimeOnly.TryParseExact(text, TimeForms, invariant, DateTimeStyles.None, out var time):
                return new(type, time.Ticks / TimeSpan.TicksPerMicrosecond);
            case FieldType.Timestamp when DateTimeOffset.TryParseExact(text, TimestampForms, invariant, DateTimeStyles.AssumeUniversal, out var instant):
                return new(type, (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            case FieldType.Uuid when Guid.TryParse(text, out var uuid):
                return new(type, uuid);
            default:
                return null;
        }
    }

    public static bool IsZero(Expression expression) => expression switch
    {
        Constant { Value: long value } => expression.Type.Kind == FieldType.Integer && value == 0,
        Constant { Value: Int128 value } => value == 0,
        Conversion conversion => conversion.Type.IsNumber && IsZero(conversion.Operand),
        _ => false,
    };

    /// <summary>Digits with an optional sign and point, exactly.</summary>
    private static (Int128 Unscaled, int Scale)? Decimal(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : text.Length - point - 1;
        var digits = point < 0 ? text : text.Remove(point, 1);
        if (digits.TrimStart('-', '+').TrimStart('0').Length > ExpressionType.MaxDigits || scale > ExpressionType.MaxDigits)
            return null;
        return Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled) ? (unscaled, scale) : null;
    }
}
