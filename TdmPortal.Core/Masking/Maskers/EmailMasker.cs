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
    private readonly int? firstColumn;
    private readonly int? lastColumn;
    private readonly WordList words;

    private EmailMasker(MaskerContext context, string domain, string? given)
        : base(context.Column.MaxLength)
    {
        (values, this.domain) = (context.Values, domain);
        domainValues = context.ValuesOf("domain");
        this.given = given is null ? null : Encoding.ASCII.GetBytes(given.ToLowerInvariant());
        account = new(context.OptionalText("locale") ?? context.Locale);
        most = Math.Min(context.Column.MaxLength ?? Usual, Usual);
        firstColumn = context.Field("first", masked: true);
        lastColumn = context.Field("last", masked: true);
        words = WordLists.Get("en", "internet.word");
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("email", "Fake e-mail address", MaskerForm.Replace, "An address of a person who does not exist, different for each address, under a reserved domain that reaches nobody.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne, "anna.miller@acme.com", Create,
        [
            Option("domain", "Reserved: example.com, .org or .net; map: each domain becomes another one under a reserved one, so that colleagues stay colleagues; keep: the domain stays, and mail may reach somebody.", "reserved", "reserved", "map", "keep"),
            Text("reserved", "The one reserved domain to use, such as qa.example.com."),
            new("first", ArgumentKind.Field, "The column of first names whose masked value the address is made of; then it is consistent with the row, not with the same address elsewhere."),
            new("last", ArgumentKind.Field, "The column of last names whose masked value the address is made of."),
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
        var names = Names(batch, row);
        if (names.First.IsEmpty && names.Last.IsEmpty)
            account.Write(ref draw, to, room);
        else
            account.Write(names.First, names.Last, ref draw, to, room);
        to.Append((byte)'@');
        if (domain == "keep" && size == host.Length)
            to.Append(host);
        else if (domain == "map" && size != 11)
            Mapped(host, to);
        else if (given is not null)
            to.Append(given);
        else
            Reserved((int)draw.Below(3), to);
    }

    private RowNames Names(MaskBatch batch, int row) => new(NameIn(batch, row, firstColumn), NameIn(batch, row, lastColumn));

    private static ReadOnlySpan<byte> NameIn(MaskBatch batch, int row, int? column) =>
        column is { } place && batch.Companion(place) is TextColumn text && !text.IsNull(row) ? text[row] : default;

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

    private readonly ref struct RowNames(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last)
    {
        public ReadOnlySpan<byte> First { get; } = first;

        public ReadOnlySpan<byte> Last { get; } = last;
    }
}
