using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>
/// Text put together from literals, digits and the values of other fields; a null is the empty text. In a JSON document
/// the values are escaped as the content of a JSON string.
/// </summary>
internal sealed class TemplateSource(IReadOnlyList<TemplatePart> parts, bool isJson) : ValueSource
{
    public static ValueSource? Create(SourceContext context)
    {
        if (Parse(context, context.Text("value")) is not { } parts || context.Failed())
            return null;

        // Without fields it is a set of texts that can be counted.
        return parts.All(part => part.Field is null)
            ? PhraseSource.Create(context, new Sequence([.. parts.Select(part => part.Space!)]))
            : new TemplateSource(parts, context.Type == FieldType.Json);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var text = (TextColumn)target;
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            foreach (var part in parts)
            {
                if (part.Space is { } space)
                    text.Advance(space.Write(ref draw, text.Reserve(space.MaxBytes)));
                else if (fill[part.Field!] is var column && !column.IsNull(i))
                    Append(text, column, i, part.Field!);
            }

            text.End();
        }
    }

    private void Append(TextColumn target, Column column, int row, FieldReference field)
    {
        if (!isJson || column is not TextColumn texts)
        {
            TextForm.Append(target, column, row, field.Type, field.Scale);
            return;
        }

        foreach (var b in texts[row])
        {
            if (b < 0x20)
            {
                target.Append("\\u00"u8);
                target.Append("0123456789abcdef"u8[b >> 4]);
                target.Append("0123456789abcdef"u8[b & 15]);
                continue;
            }

            if (b is (byte)'"' or (byte)'\\')
                target.Append((byte)'\\');
            target.Append(b);
        }
    }

    private static List<TemplatePart>? Parse(SourceContext context, string template)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                return context.Refuse<List<TemplatePart>?>("value", $"the template has a single }} at position {i + 1}; write }}}} for a brace", null);
            if (c != '{')
            {
                literal.Append(c);
                continue;
            }

            var end = template.IndexOf('}', i);
            if (end < 0)
                return context.Refuse<List<TemplatePart>?>("value", $"the template has a {{ at position {i + 1} that is not closed; write {{{{ for a brace", null);
            var name = template[(i + 1)..end].Trim();
            i = end;
            Flush();
            if (name.Length > 0 && name.All(digit => digit == '#'))
                parts.Add(new(new Characters(Characters.Digits, name.Length), null));
            else if (context.Reference(name, "value") is { } field)
                parts.Add(new(null, field));
            else
                return null;
        }

        Flush();
        return parts;

        void Flush()
        {
            if (literal.Length > 0 || parts.Count == 0)
                parts.Add(new(new Literal(literal.ToString()), null));
            literal.Clear();
        }
    }
}
