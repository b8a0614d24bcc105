using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>A text made of masked columns of the same row: what depends on them follows them.</summary>
internal sealed class TemplateMasker : TextMasker
{
    private readonly List<(byte[] Text, int Place, ColumnDescription? Column, int Digits)> parts = [];
    private readonly ValueKey values;

    private TemplateMasker(MaskerContext context, string template)
        : base(context.Column.MaxLength)
    {
        values = context.Values;
        Parse(context, template);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("template", "Template", MaskerForm.Texts, "A text made of other columns' masked values, such as {first_name} {last_name}; {###} are digits of the value's own.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "AM-17", Create, [new("template", ArgumentKind.Template, "The text with {field} and {###}; {{ is a brace.") { Required = true }], """{"template":"ID-{####}"}""", "compose, combine, concatenate, dependent");

    private static TemplateMasker? Create(MaskerContext context)
    {
        var template = context.Text("template");
        if (context.Failed())
            return null;
        var masker = new TemplateMasker(context, template);
        return context.Failed() ? null : masker;
    }

    private void Parse(MaskerContext context, string template)
    {
        var text = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '{' || (at + 1 < template.Length && template[at + 1] == '{'))
            {
                text.Append(template[at]);
                at += template[at] == '{' ? 1 : 0;
                continue;
            }

            var end = template.IndexOf('}', at);
            if (end < 0)
            {
                context.Refuse("template", "has a { without a }");
                return;
            }

            var field = template[(at + 1)..end];
            var isDigits = field.Length > 0 && field.All(c => c == '#');
            var place = isDigits ? -1 : context.Companion(field, masked: true);
            var column = place < 0 ? null : context.Columns[context.Companions[place].Column];
            if (column is { IsArray: true })
                context.Refuse("template", $"names {field}, which holds arrays");
            parts.Add((Encoding.UTF8.GetBytes(text.ToString()), place, column, isDigits ? Math.Min(field.Length, 18) : 0));
            text.Clear();
            at = end;
        }

        parts.Add((Encoding.UTF8.GetBytes(text.ToString()), -1, null, 0));
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var draw = values.Draw(value);
        foreach (var (text, place, column, digits) in parts)
        {
            to.Append(text);
            for (var i = 0; i < digits; i++)
                to.Append((byte)('0' + (int)draw.Below(10)));
            if (column is null || batch.Companion(place) is not { } other || other.IsNull(row))
                continue;
            if (other is TextColumn texts)
                to.Append(texts[row]);
            else
                to.Advance(TextForm.Format(to.Reserve(TextForm.MaxSize), other, row, column.Type, column.Scale));
        }
    }
}
