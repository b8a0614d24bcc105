using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Internet;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>E-mail addresses of people who do not exist, under domains that reach nobody unless the domain is kept.</summary>
internal sealed class EmailMasker : TextMasker
{
    private const int Usual = 254;
    private readonly ValueKey values;
    private readonly ValueKey domainValues;
    private readonly AccountText account;
    private readonly string domain;
    private readonly byte[]? given;
    private readonly int most;
    private readonly NameChoice first;
    private readonly NameChoice last;
    private readonly WordList words;
    private readonly MaskingKey? ofCase;

    private EmailMasker(MaskerContext context, string domain, string? given)
        : base(context.Column.MaxLength)
    {
        (values, this.domain) = (context.Values, domain);
        domainValues = context.ValuesOf("domain");
        this.given = given is null ? null : Encoding.ASCII.GetBytes(given.ToLowerInvariant());
        var locale = context.OptionalText("locale") ?? context.Locale;
        account = new(locale);
        first = new(context.ValuesOf("first_name"), locale, context.LengthOf("first_name"), first: true);
        last = new(context.ValuesOf("last_name"), locale, context.LengthOf("last_name"), first: false);
        most = Math.Min(context.Column.MaxLength ?? Usual, Usual);
        words = WordLists.Get("en", "internet.word");
        ofCase = context.CaseMatters ? context.Key.Derive("case") : null;
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("email", "Fake e-mail address", MaskerForm.Replace, "An address of a person who does not exist, different for each address, under a reserved domain that reaches nobody.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne, "anna.miller@acme.com", Create,
        [
            Option("domain", "Reserved: example.com, .org or .net; map: each domain becomes another one under a reserved one, so that colleagues stay colleagues; keep: the domain stays, and mail may reach somebody.", "reserved", "reserved", "map", "keep"),
            Text("reserved", "The one reserved domain to use, such as qa.example.com."),
            NameMasker.Locale,
        ], synonyms: "mail, login, contact");

    private static EmailMasker? Create(MaskerContext context)
    {
        var kind = context.Option("domain");
        var reserved = context.OptionalText("reserved");
        if (reserved is not null && !ReservedDomains.Contains(reserved))
            context.Refuse("reserved", $"must lie under example.com, example.org, example.net, .test, .example or .invalid, so that no mail reaches anybody; \"{reserved}\" does not");
        var least = AccountText.Least + 1 + (reserved?.Length ?? 11);
        if (context.Column.MaxLength < least)
            context.Report("masking.too_short", $"{context.Column.Name} has room for {context.Column.MaxLength} characters, and a fake address takes up to {least}.", "Choose fpe, which keeps the length");
        if (!NameMasker.CheckLocale(context))
            return null;
        var masker = new EmailMasker(context, kind, reserved);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        Address(value, to);
        if (ofCase is not null)
            CarriedCase.Write(ofCase, value, to.Current);
    }

    private void Address(ReadOnlySpan<byte> value, TextColumn to)
    {
        var draw = values.Draw(value);
        var at = value.LastIndexOf((byte)'@');
        var host = at < 0 ? default : value[(at + 1)..].Trim((byte)' ');
        if (at < 1 || host.IsEmpty)
        {
            Scrambling.Write(draw, value, to);
            return;
        }

        // What is before the @ leaves room for the domain, which is written behind it and counted first.
        var size = domain switch { "keep" => host.Length, "map" => MappedLength(host), _ => given?.Length ?? 11 };
        var room = Math.Min(64, most - size - 1);
        if (room < AccountText.Least)
            (size, room) = (11, Math.Min(64, most - 12));
        if (!Named(value[..at], ref draw, to, room))
            account.Write(ref draw, to, room);
        to.Append((byte)'@');
        if (domain == "keep" && size == host.Length)
            Small(host, to);
        else if (domain == "map" && size != 11)
            Mapped(host, to);
        else if (given is not null)
            to.Append(given);
        else
            Reserved((int)draw.Below(3), to);
    }

    /// <summary>
    /// Two words before the @ are taken for names, whether a dictionary knows them or not, and become what they become in their own columns:
    /// the address follows the person's new name, and by its own value alone, so in every table alike.
    /// </summary>
    private bool Named(ReadOnlySpan<byte> local, ref KeyedNumbers draw, TextColumn to, int room)
    {
        var split = local.IndexOfAny("._-"u8);
        if (split < 1)
            return false;
        var rest = local[(split + 1)..];
        var end = rest.IndexOfAny("._-+"u8);
        var family = end < 0 ? rest : rest[..end];
        while (!family.IsEmpty && char.IsAsciiDigit((char)family[^1]))
            family = family[..^1];
        if (!IsName(local[..split]) || !IsName(family))
            return false;
        first.Write(local[..split], to);
        var middle = to.Current.Length;
        last.Write(family, to);
        account.Name(middle, ref draw, to, room);
        return true;
    }

    /// <summary>Domains are the same in any case, so they are written in one.</summary>
    private static void Small(ReadOnlySpan<byte> domain, TextColumn to)
    {
        foreach (var c in domain)
            to.Append(char.IsAsciiLetterUpper((char)c) ? (byte)(c | 0x20) : c);
    }

    private static bool IsName(ReadOnlySpan<byte> word)
    {
        foreach (var c in word)
        {
            if (c < 0x80 && !char.IsAsciiLetter((char)c))
                return false;
        }

        return word.Length > 1;
    }

    private static void Reserved(int number, TextColumn to) => to.Append(number switch { 0 => "example.com"u8, 1 => "example.org"u8, _ => "example.net"u8 });

    private int MappedLength(ReadOnlySpan<byte> host)
    {
        var draw = domainValues.Draw(host);
        return words[(int)draw.Below((ulong)words.Words)].Length + 1 + words[(int)draw.Below((ulong)words.Words)].Length + 12;
    }

    private void Mapped(ReadOnlySpan<byte> host, TextColumn to)
    {
        var draw = domainValues.Draw(host);
        to.Append(words[(int)draw.Below((ulong)words.Words)]);
        to.Append((byte)'-');
        to.Append(words[(int)draw.Below((ulong)words.Words)]);
        to.Append((byte)'.');
        Reserved((int)draw.Below(3), to);
    }
}
