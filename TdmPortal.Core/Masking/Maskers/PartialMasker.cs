using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Some characters stay and the others become stars; which ones is the rule of the kind of value.</summary>
internal sealed class PartialMasker : TextMasker
{
    private readonly string style;
    private readonly int first;
    private readonly int last;
    private readonly byte star;

    private PartialMasker(MaskerContext context, string style, int first, int last, byte star)
        : base(context.Column.MaxLength) => (this.style, this.first, this.last, this.star) = (style, first, last, star);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("partial", "Show a part", MaskerForm.Hide, "Some characters stay and the others become stars, by the kind of value: 123456******3456, ann****@acme.com.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "4111 1111 1111 1111", Create,
        [
            Option("style", "What it is: all of it hidden; a password (always twelve stars); a name (first and last letter stay); an address (six characters); an e-mail address (three and the domain); a mobile number (digits 5 to 7 hidden); a telephone number or an id (last four hidden); a card (first six and last four stay); a web address (password hidden); a postcode (two stay); custom.",
                "default", "default", "password", "name", "address", "email", "mobile", "phone", "id", "card", "url", "postcode", "custom"),
            Integer("first", "Characters at the beginning that stay, for custom.", 0, 0, 1000), Integer("last", "Characters at the end that stay, for custom.", 0, 0, 1000),
            Text("character", "What stands for a hidden character; one of ASCII.", "*"),
        ], """{"style":"card"}""", "masking, stars, hide, last four, obfuscate");

    private static Masker? Create(MaskerContext context)
    {
        var (style, first, last, star) = (context.Option("style"), context.Integer("first"), context.Integer("last"), context.Text("character"));
        if (star.Length != 1 || star[0] is < ' ' or > '~')
            context.Refuse("character", "must be one character of ASCII");
        return context.Failed() ? null : new PartialMasker(context, style, first, last, (byte)star[0]);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var length = Utf8.Length(value);
        switch (style)
        {
            case "password":
                Stars(to, 12);
                break;
            case "name":
                Ends(value, length, Math.Min(1, length - 1), length > 2 ? 1 : 0, to);
                break;
            case "address":
                Ends(value, length, Math.Min(6, length / 2), 0, to);
                break;
            case "postcode":
                Ends(value, length, Math.Min(2, length / 2), 0, to);
                break;
            case "custom":
                Ends(value, length, first, last, to);
                break;
            case "email":
                Email(value, to);
                break;
            case "url":
                Url(value, to);
                break;
            case "mobile":
                Digits(value, static (digit, _) => digit is >= 4 and < 7, to);
                break;
            case "phone" or "id":
                Digits(value, static (digit, count) => digit >= count - 4, to);
                break;
            case "card":
                Digits(value, static (digit, count) => digit >= 6 && digit < Math.Max(count - 4, 7), to);
                break;
            default:
                Ends(value, length, 0, 0, to);
                break;
        }
    }

    private void Stars(TextColumn to, int count)
    {
        to.Reserve(count)[..count].Fill(star);
        to.Advance(count);
    }

    /// <summary>Keeps characters at both ends, but never all.</summary>
    private void Ends(ReadOnlySpan<byte> value, int length, int before, int behind, TextColumn to)
    {
        if (before + behind >= length)
            (before, behind) = (length - 1, 0);
        var start = Utf8.Cut(value, before);
        var end = Utf8.Cut(value, length - behind);
        to.Append(value[..start]);
        Stars(to, length - before - behind);
        to.Append(value[end..]);
    }

    private void Email(ReadOnlySpan<byte> value, TextColumn to)
    {
        var at = value.LastIndexOf((byte)'@');
        if (at <= 0)
        {
            Ends(value, Utf8.Length(value), 0, 0, to);
            return;
        }

        var shown = Utf8.Length(value[..at]) > 3 ? 3 : 1;
        to.Append(value[..Utf8.Cut(value[..at], shown)]);
        Stars(to, 4);
        to.Append(value[at..]);
    }

    /// <summary>A password before the host is hidden; where there is none, all behind the host.</summary>
    private void Url(ReadOnlySpan<byte> value, TextColumn to)
    {
        var scheme = value.IndexOf("://"u8);
        var from = scheme < 0 ? 0 : scheme + 3;
        var path = value[from..].IndexOf((byte)'/');
        var host = value[from..(path < 0 ? value.Length : from + path)];
        var at = host.LastIndexOf((byte)'@');
        var colon = at < 0 ? -1 : host[..at].IndexOf((byte)':');
        if (colon >= 0)
        {
            to.Append(value[..(from + colon + 1)]);
            Stars(to, 5);
            to.Append(value[(from + at)..]);
        }
        else
        {
            var shown = from + host.Length + 1;
            Ends(value, Utf8.Length(value), shown < value.Length ? Utf8.Length(value[..shown]) : from > 0 ? Utf8.Length(value[..from]) : 0, 0, to);
        }
    }

    /// <summary>Hides some of the digits by their number; all of the text where there are too few.</summary>
    private void Digits(ReadOnlySpan<byte> value, Func<int, int, bool> hidden, TextColumn to)
    {
        var count = 0;
        foreach (var c in value)
            count += char.IsAsciiDigit((char)c) ? 1 : 0;
        if (count < 7)
        {
            Ends(value, Utf8.Length(value), 0, 0, to);
            return;
        }

        var digit = 0;
        foreach (var c in value)
            to.Append(char.IsAsciiDigit((char)c) && hidden(digit++, count) ? star : c);
    }
}
