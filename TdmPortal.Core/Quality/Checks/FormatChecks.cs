using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Texts that must be something: a type, an address, an account.</summary>
internal static class FormatChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("type", RuleKind.Format, "Has a type", "Every value can be read as one of the type and, for the field's own type, fits its digits and maxLength. In files this is where cells that cannot be read are counted.",
            "expect_column_values_to_be_of_type, expect_column_values_to_be_in_type_list, hasDataType, schema", null,
            Option("type", "A type; without it the field's own.", "own", ["own", .. FieldTypeNames.All]))) { Bind = Type },
        new(Define("json", RuleKind.Format, "Is JSON", "Every text is one JSON value.",
            "expect_column_values_to_be_json_parseable, expect_column_values_to_match_json_schema", [FieldType.String, FieldType.Json])) { Bind = Json },
        new(Define("date_format", RuleKind.Format, "Is a date in a format", "Every text is a date or time in the format.",
            "expect_column_values_to_match_strftime_format, expect_column_values_to_be_dateutil_parseable", Texts,
            Text("format", "Such as yyyy-MM-dd, dd.MM.yyyy or HH:mm.", required: true))) { Bind = DateFormat },
        new(Define("email", RuleKind.Format, "Is an e-mail address", "Every text has the form of an e-mail address.",
            "containsEmail, valid_format email, expect_column_values_to_be_valid_email", Texts)) { Bind = Email },
        new(Define("url", RuleKind.Format, "Is a web address", "Every text is an http or https address.",
            "containsURL, valid_format url, expect_column_values_to_be_valid_urls", Texts)) { Bind = Url },
        new(Define("uuid", RuleKind.Format, "Is a UUID", "Every text is a UUID in its form with hyphens.",
            "valid_format uuid, expect_column_values_to_be_valid_uuid", Texts)) { Bind = Uuid },
        new(Define("iban", RuleKind.Format, "Is an IBAN", "Every text is an account number with the length of its country and right check digits; blanks are allowed.",
            "expect_column_values_to_be_valid_iban", Texts)) { Bind = Iban },
        new(Define("luhn", RuleKind.Format, "Passes the Luhn check", "Every text has 8 to 19 digits, blanks and hyphens aside, whose last one is the Luhn check digit.",
            "containsCreditCardNumber, valid_format credit card number, mod10", Texts)) { Bind = Luhn },
        new(Define("ip_address", RuleKind.Format, "Is an IP address", "Every text is an IPv4 or IPv6 address.",
            "valid_format ip address, expect_column_values_to_be_valid_ipv4", Texts)) { Bind = IpAddress },
    ];

    /// <summary>Characters of UTF-8 text.</summary>
    public static long CodePoints(ReadOnlySpan<byte> text)
    {
        long count = 0;
        foreach (var b in text)
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }

    private static RowTest? Type(RuleContext context)
    {
        var (field, place, wanted) = (context.Field(), context.Columns[0], context.Option("type"));
        if (wanted is "own" or "" || wanted == FieldTypeNames.Of(field.Type) || field.Array is not null)
            return Own(field, place);
        if (!FieldTypeNames.TryParse(wanted, out var type))
            return null;
        if (field.Type == FieldType.String)
            return RowTest.Of<TextColumn>(place, (column, row) => TypedText.CanRead(column[row], type, 38, 18));
        var fits = type == FieldType.String || (field.Type, type) is (FieldType.Integer, FieldType.Decimal or FieldType.Double) or (FieldType.Decimal, FieldType.Double) or (FieldType.Date, FieldType.Timestamp);
        return RowTest.Of<Column>(place, (_, _) => fits);
    }

    /// <summary>What the type of a column leaves open: how long texts are and how many digits decimals have.</summary>
    private static RowTest Own(FieldDefinition field, int place)
    {
        if (field is { Type: FieldType.String, MaxLength: { } longest, Array: null })
            return RowTest.Of<TextColumn>(place, (column, row) => column[row].Length <= longest || CodePoints(column[row]) <= longest);
        if (field is not { Type: FieldType.Decimal, Array: null })
            return RowTest.Of<Column>(place, static (_, _) => true);
        var limit = PowersOfTen.Wide(field.Precision ?? 18);
        return RowTest.Of<Column>(place, (column, row) => (column is LongColumn longs ? longs.Values[row] : ((WideColumn)column).Values[row]) is var value && value < limit && value > -limit);
    }

    private static RowTest Json(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) =>
    {
        try
        {
            var reader = new Utf8JsonReader(column[row]);
            while (reader.Read())
            {
            }

            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    });

    private static RowTest DateFormat(RuleContext context)
    {
        var format = context.Text("format");
        if (format.Trim().Length < 2)
            context.RefuseArgument("format", $"\"{format}\" is no format of a date.", "Write it like yyyy-MM-dd");
        return RowTest.Of<TextColumn>(context.Columns[0], (column, row) =>
            Characters.Of(column[row], format, static (text, format) => DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)));
    }

    private static RowTest Email(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) => TextFormats.IsEmail(column[row]));

    private static RowTest Url(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) => TextFormats.IsUrl(column[row]));

    private static RowTest Uuid(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) =>
        column[row].Length == 36 && Utf8Parser.TryParse(column[row], out Guid _, out var read, 'D') && read == 36);

    private static RowTest Iban(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) => TextFormats.IsIban(column[row]));

    private static RowTest Luhn(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) => TextFormats.IsLuhn(column[row], 8, 19));

    private static RowTest IpAddress(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], static (column, row) =>
        Characters.Of(column[row], 0, static (text, _) => IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count('.') == 3)));
}
