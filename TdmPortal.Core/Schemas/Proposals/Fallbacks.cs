using System.Globalization;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>What can fill a field of a type when nothing else is known; the first is always valid.</summary>
internal static class Fallbacks
{
    public static IEnumerable<ProposedGenerator> For(string field, FieldType type, int? maxLength)
    {
        var isKey = LegalNames.ToLegal(field).Split('_') is [.., "id" or "key" or "nr" or "no" or "pk"];
        return type switch
        {
            FieldType.Integer =>
            [
                Make("number.integer", """{"min":1,"max":1000}""", "whole numbers in a range", 0.3),
                Make("sequence", null, isKey ? "the name says a key" : "numbers that count up", isKey ? 0.75 : 0.2),
            ],
            FieldType.Decimal => [Make("number.decimal", """{"min":0,"max":1000}""", "numbers in a range", 0.3), Make("number.normal", """{"mean":100,"stdDev":25,"min":0}""", "numbers around a mean", 0.2)],
            FieldType.Double => [Make("number.normal", """{"mean":100,"stdDev":25}""", "numbers around a mean", 0.3), Make("number.decimal", """{"min":0,"max":1000}""", "numbers in a range", 0.25)],
            FieldType.Boolean => [Make("boolean", """{"truePercent":50}""", "yes or no", 0.5)],
            FieldType.Date or FieldType.Timestamp => [Make("date.between", """{"from":"now-1y","to":"now"}""", "moments of the last year", 0.4), Make("date.future", """{"years":1}""", "moments of the next year", 0.2)],
            FieldType.Time => [Make("date.timeOfDay", """{"from":"08:00:00","to":"18:00:00"}""", "times of a working day", 0.4)],
            FieldType.Uuid => [Make("uuid", null, "the type is uuid", 0.9), Make("uuid.v7", null, "identifiers that sort by time", 0.4)],
            FieldType.Json => [Make("constant", """{"value":{}}""", "an empty object", 0.3)],
            _ => Texts(isKey, maxLength),
        };
    }

    private static ProposedGenerator[] Texts(bool isKey, int? maxLength)
    {
        var code = Make("pattern", $"{{\"regex\":\"{Code(maxLength)}\"}}", isKey ? "the name says a key" : "codes of letters and digits", isKey ? 0.7 : 0.2);
        return maxLength switch
        {
            <= 8 => [code with { Confidence = Math.Max(code.Confidence, 0.35) }, Make("lorem.word", null, "words without a meaning", 0.25)],
            <= 30 => [Make("lorem.word", null, "words without a meaning", 0.3), code],
            <= 80 => [Make("lorem.words", """{"count":3}""", "words without a meaning", 0.3), code],
            _ => [Make("lorem.sentence", """{"minWords":4,"maxWords":12}""", "sentences without a meaning", 0.3), Make("lorem.words", """{"count":3}""", "words without a meaning", 0.25), code],
        };
    }

    /// <summary>A pattern whose values fit a length, with as many values as the length allows, up to millions.</summary>
    public static string Code(int? maxLength) => maxLength switch
    {
        null or >= 10 => "[A-Z]{3}-[0-9]{6}",
        >= 5 and var length => string.Create(CultureInfo.InvariantCulture, $"[A-Z]{{2}}[0-9]{{{length - 2}}}"),
        1 => "[A-Z0-9]",
        _ => string.Create(CultureInfo.InvariantCulture, $"[A-Z]{{{maxLength}}}"),
    };

    private static ProposedGenerator Make(string generator, string? args, string reason, double confidence) =>
        new(generator, GeneratorProposals.Read(args), reason, confidence);
}
