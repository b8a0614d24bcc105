using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>Builds JSON text in which some objects are spread over lines and others stay on one.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder text = new();
    private readonly Stack<bool> inlineLevels = new();
    private bool first = true;

    public void Open(char bracket, bool inline = false)
    {
        text.Append(bracket);
        inlineLevels.Push(inline || (inlineLevels.Count > 0 && inlineLevels.Peek()));
        first = true;
    }

    public void Close(char bracket)
    {
        var inline = inlineLevels.Pop();
        if (!inline && !first)
            NewLine();
        else if (inline && !first && bracket == '}')
            text.Append(' ');
        text.Append(bracket);
        first = false;
    }

    public void NextItem()
    {
        if (!first)
            text.Append(',');
        if (!inlineLevels.Peek())
            NewLine();
        else if (!first || text[^1] == '{')
            text.Append(' ');
        first = false;
    }

    public void Name(string name)
    {
        NextItem();
        Text(name);
        text.Append(": ");
    }

    public void Property(string name, string value)
    {
        Name(name);
        Text(value);
    }

    public void Optional(string name, string? value)
    {
        if (value is not null)
            Property(name, value);
    }

    public void Optional(string name, bool? value)
    {
        if (value is null)
            return;
        Name(name);
        text.Append(value.Value ? "true" : "false");
    }

    public void Optional(string name, long? value)
    {
        if (value is null)
            return;
        Name(name);
        text.Append(CultureInfo.InvariantCulture, $"{value.Value}");
    }

    public void Optional(string name, double? value)
    {
        if (value is null)
            return;
        Name(name);
        text.Append(CultureInfo.InvariantCulture, $"{value.Value:R}");
    }

    public void Null(string name)
    {
        Name(name);
        text.Append("null");
    }

    public void Names(string name, IReadOnlyList<string> names)
    {
        Name(name);
        Names(names);
    }

    public void Names(IReadOnlyList<string> names)
    {
        Open('[', inline: true);
        foreach (var name in names)
        {
            NextItem();
            Text(name);
        }

        Close(']');
    }

    /// <summary>Arguments on one line, as <c>args</c>; nothing where there are none.</summary>
    public void Arguments(ArgumentValues arguments)
    {
        if (arguments.Count == 0)
            return;
        Name("args");
        Open('{', inline: true);
        foreach (var (name, value) in arguments)
        {
            Name(name);
            Value(value);
        }

        Close('}');
    }

    /// <summary>Any JSON value on one line; numbers keep the digits they were written with.</summary>
    public void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Open('{', inline: true);
                foreach (var property in value.EnumerateObject())
                {
                    Name(property.Name);
                    Value(property.Value);
                }

                Close('}');
                break;
            case JsonValueKind.Array:
                Open('[', inline: true);
                foreach (var item in value.EnumerateArray())
                {
                    NextItem();
                    Value(item);
                }

                Close(']');
                break;
            case JsonValueKind.String:
                Text(value.GetString()!);
                break;
            case JsonValueKind.Undefined:
                text.Append("null");
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    public byte[] ToUtf8()
    {
        text.Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public override string ToString() => text.ToString();

    private void Text(string value) =>
        // Readable umlauts and quotes' kin: the text goes to files and to encoders of their own, never raw into HTML.
        text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)).Append('"');

    private void NewLine()
    {
        text.Append('\n');
        text.Append(' ', 2 * inlineLevels.Count);
    }
}
