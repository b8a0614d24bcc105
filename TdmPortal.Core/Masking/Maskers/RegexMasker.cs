using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>What a regular expression matches is replaced, in time linear in the text.</summary>
internal sealed class RegexMasker : TextMasker
{
    private readonly Regex pattern;
    private readonly string replacement;
    private readonly byte[]? plain;
    private readonly bool keepOthers;
    private readonly ValueKey values;

    private RegexMasker(MaskerContext context, Regex pattern, string replacement, bool keepOthers)
        : base(context.Column.MaxLength)
    {
        (this.pattern, this.replacement, this.keepOthers, values) = (pattern, replacement, keepOthers, context.Values);
        plain = replacement.Contains('$', StringComparison.Ordinal) ? null : Encoding.UTF8.GetBytes(replacement);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("regex", "Replace by pattern", MaskerForm.Texts, "What a regular expression matches is replaced; texts that it does not match are scrambled, or stay.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "Order 4711 of Anna", Create,
        [
            new("pattern", ArgumentKind.Regex, "What is looked for, without references back and without looking around.") { Required = true },
            Text("replacement", "What stands for it; $1 is the first group.", "***"),
            Option("others", "What becomes of texts without a match.", "scramble", "scramble", "keep"),
        ], """{"pattern":"of [A-Z][a-z]+","replacement":"of somebody"}""", "regular expression, substitute, pattern, find and replace");

    private static RegexMasker? Create(MaskerContext context)
    {
        var (text, replacement, others) = (context.Text("pattern"), context.Text("replacement"), context.Option("others"));
        if (context.Failed())
            return null;
        try
        {
            var regex = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return new RegexMasker(context, regex, replacement, others == "keep");
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            context.Refuse("pattern", $"is no regular expression that can be used here: {exception.Message}");
            return null;
        }
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var characters = ArrayPool<char>.Shared.Rent(value.Length);
        try
        {
            var text = characters.AsSpan(0, Encoding.UTF8.GetChars(value, characters));
            if (!pattern.IsMatch(text))
            {
                Other(value, to);
                return;
            }

            // What stands for a group is known to the platform's own replacing only, which makes texts of everything.
            if (plain is null)
                to.Append(Encoding.UTF8.GetBytes(pattern.Replace(new string(text), replacement)));
            else
                Replace(text, to);
        }
        catch (RegexMatchTimeoutException)
        {
            Scrambling.Write(values.Draw(value), value, to);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private void Replace(ReadOnlySpan<char> text, TextColumn to)
    {
        var before = to.Current.Length;
        try
        {
            var from = 0;
            foreach (var match in pattern.EnumerateMatches(text))
            {
                Append(text[from..match.Index], to);
                to.Append(plain);
                from = match.Index + match.Length;
            }

            Append(text[from..], to);
        }
        catch (RegexMatchTimeoutException)
        {
            to.Truncate(before);
            throw;
        }
    }

    private void Other(ReadOnlySpan<byte> value, TextColumn to)
    {
        if (keepOthers)
            to.Append(value);
        else
            Scrambling.Write(values.Draw(value), value, to);
    }

    private static void Append(ReadOnlySpan<char> text, TextColumn to) =>
        to.Advance(Encoding.UTF8.GetBytes(text, to.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
