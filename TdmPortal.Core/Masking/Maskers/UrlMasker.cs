using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Web addresses: another host under a reserved domain, the same for the same host; path and query scrambled.</summary>
internal sealed class UrlMasker : TextMasker
{
    private readonly ValueKey values;
    private readonly ValueKey hosts;
    private readonly bool keepHost;
    private readonly WordList words = WordLists.Get("en", "internet.word");

    private UrlMasker(MaskerContext context, bool keepHost)
        : base(context.Column.MaxLength) => (values, hosts, this.keepHost) = (context.Values, context.ValuesOf("domain"), keepHost);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("url", "Other web address", MaskerForm.KeepForm, "The host becomes another under a reserved domain, the same one for the same host; user and password go, path and query are scrambled.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "https://www.acme.com/users/anna?id=17", Create, [Flag("host", "Whether the host stays.", false)], synonyms: "link, website, homepage, href");

    private static UrlMasker? Create(MaskerContext context)
    {
        var host = context.Flag("host");
        return context.Failed() ? null : new UrlMasker(context, host);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var draw = values.Draw(value);
        var scheme = value.IndexOf("://"u8);
        if (scheme < 1)
        {
            Scrambling.Write(draw, value, to);
            return;
        }

        var rest = value[(scheme + 3)..];
        var end = rest.IndexOfAny("/?#"u8);
        var host = end < 0 ? rest : rest[..end];
        host = host[(host.LastIndexOf((byte)'@') + 1)..];
        to.Append(value[..(scheme + 3)]);
        if (keepHost && end >= 0 && HasLetters(rest[end..]))
        {
            to.Append(host);
        }
        else
        {
            var name = hosts.Draw(host);
            to.Append(words[(int)name.Below((ulong)words.Words)]);
            to.Append((byte)'-');
            to.Append(words[(int)name.Below((ulong)words.Words)]);
            to.Append(".example.com"u8);
        }

        if (end >= 0)
            Scrambling.Part(draw, rest[end..], to);
    }

    private static bool HasLetters(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit((char)c))
                return true;
        }

        return false;
    }
}
