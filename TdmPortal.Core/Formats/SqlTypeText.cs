using System.Text.RegularExpressions;

namespace TdmPortal.Core.Formats;

/// <summary>
/// A document's <c>sqlType</c> as it may stand in a statement. What has the form of a type (<c>citext</c>,
/// <c>"My types".mood</c>, <c>numeric(10,2)[]</c>, <c>timestamp(3) with time zone</c>) stands as it is; anything else is
/// quoted as the name of one, so that no text of a document becomes another statement.
/// </summary>
internal static partial class SqlTypeText
{
    /// <summary>Longest <c>sqlType</c>.</summary>
    public const int MaxLength = 200;

    private const string Name = """([A-Za-z_][A-Za-z0-9_]*|"([^"]|"")+")""";
    private const string Argument = @"(-?[0-9]+|'([^'\\]|'')*')";
    private const string Words = "( varying| precision| unsigned| zerofill| without time zone| with time zone| with local time zone)*";

    public static string Of(string sqlType) => IsType(sqlType) ? sqlType : SqlSchema.Quote(sqlType);

    /// <summary>Whether it has the form of a type, of those that PostgreSQL, MySQL and Oracle know.</summary>
    public static bool IsType(string sqlType) => sqlType.Length <= MaxLength && Form().IsMatch(sqlType);

    [GeneratedRegex(@"\A" + Name + @"(\." + Name + ")*" + Words + @"(\(" + Argument + "(, ?" + Argument + @")*\))?" + Words + @"(\[[0-9]*\])*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
