using System.Text;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Each value becomes the one that a list says.</summary>
internal sealed class DictionaryMasker : TextMasker
{
    private readonly Dictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> entries;
    private readonly ValueKey values;
    private readonly string others;
    private readonly byte[] otherwise;

    private DictionaryMasker(MaskerContext context, Dictionary<byte[], byte[]> entries, string others, string otherwise)
        : base(context.Column.MaxLength)
    {
        (this.entries, values, this.others) = (entries.GetAlternateLookup<ReadOnlySpan<byte>>(), context.Values, others);
        this.otherwise = Encoding.UTF8.GetBytes(otherwise);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("dictionary", "By list", MaskerForm.Replace, "Each value becomes the one that a list gives; values that are not in it are scrambled, become one value, or stay.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "Berlin", Create,
        [
            new("values", ArgumentKind.Map, "From the original to what stands for it; case and blanks around do not count.") { Required = true },
            Option("others", "What becomes of values that are not in the list.", "scramble", "scramble", "value", "keep"),
            Text("otherwise", "The value for those that are not in the list, for others = value.", "other"),
        ], """{"values":{"Berlin":"Hamburg"}}""", "map, mapping, lookup, recode");

    private static DictionaryMasker? Create(MaskerContext context)
    {
        var (rest, value) = (context.Option("others"), context.Text("otherwise"));
        var list = new Dictionary<byte[], byte[]>(Utf8Comparer.Instance);
        if (context.Argument("values") is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var entry in map.EnumerateObject())
                list[Canonical(context.Values, Encoding.UTF8.GetBytes(entry.Name))] = Encoding.UTF8.GetBytes(Literals.Text(entry.Value));
        }

        if (list.Count == 0)
            context.Refuse("values", "must be a list of originals and what stands for them");
        return context.Failed() ? null : new DictionaryMasker(context, list, rest, value);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var canonical = batch.Scratch(ValueKey.CanonicalRoom(value.Length));
        if (entries.TryGetValue(canonical[..values.Canonical(value, canonical)], out var found))
            to.Append(found);
        else if (others == "keep")
            to.Append(value);
        else if (others == "value")
            to.Append(otherwise);
        else
            Scrambling.Write(values.Draw(value), value, to);
    }

    private static byte[] Canonical(ValueKey values, ReadOnlySpan<byte> text)
    {
        var room = new byte[ValueKey.CanonicalRoom(text.Length)];
        return room[..values.Canonical(text, room)];
    }
}
