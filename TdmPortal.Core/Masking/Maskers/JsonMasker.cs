using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Members of JSON by their path: removed, set, or masked as a kind of personal data or by another masker; and what is found personal in the others.</summary>
internal sealed class JsonMasker : TextMasker
{
    private const int MostPaths = 64;
    private readonly List<(byte[][] Steps, Change Change)> paths = [];
    private readonly ValueKey values;
    private readonly bool scrambleOthers;
    private readonly FoundMembers? found;
    private readonly bool isJson;
    private readonly int? maxLength;

    [ThreadStatic]
    private static Output? output;

    private JsonMasker(MaskerContext context, JsonElement? given, string others, FoundMembers? found)
        : base(null)
    {
        (values, scrambleOthers, isJson, maxLength) = (context.Values, others == "scramble", context.Column.Type == FieldType.Json, context.Column.MaxLength);
        this.found = found;
        foreach (var entry in given?.EnumerateObject() ?? default)
        {
            if (Steps(entry.Name) is not { } steps)
                context.Refuse("paths", $"has \"{entry.Name}\", which is no path such as $.customer.emails[*].address");
            else if (Change.Of(context, entry.Value) is { } change)
                paths.Add((steps, change));
            else
                context.Refuse("paths", $"says for {entry.Name} {entry.Value.GetRawText()}, which is not \"remove\", {{\"set\": …}}, {{\"personal\": kind}} or {{\"masker\": name, \"args\": …}}");
        }
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("json", "Members of JSON", MaskerForm.Texts, "Members of a JSON document are removed, set or masked by their paths; in the rest, what is found personal becomes what it becomes in a column of its kind, or all texts are scrambled, or it stays.", [FieldType.Json, FieldType.String],
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, """{"name":"Anna","mail":"anna@acme.com","pin":"4711"}""", Create,
        [
            new("paths", ArgumentKind.Map, "From a path ($.a.b, $.list[*].c) to what becomes of it: \"remove\", {\"set\": value}, {\"personal\": \"email\"} or {\"masker\": \"partial\", \"args\": {…}}."),
            Option("others", "What becomes of what no path names: it stays, its texts are scrambled, or what is personal by the member's name or by its value becomes what it becomes in a column of its kind.", "keep", "keep", "scramble", "find"),
            new("person", ArgumentKind.Field, "The column that says whose dates of birth are found, such as customer_id: they move as in columns that are shifted by person."),
        ], """{"paths":{"$.name":{"personal":"first_name"},"$.mail":{"personal":"email"},"$.pin":"remove"}}""", "jsonb, document, path, object");

    private static JsonMasker? Create(MaskerContext context)
    {
        var others = context.Option("others");
        var chosen = context.Argument("paths");
        if (chosen is { ValueKind: not JsonValueKind.Object } || (chosen?.EnumerateObject().Count() ?? 0) is var count && (count > MostPaths || (count == 0 && others == "keep")))
        {
            context.Refuse("paths", $"must be a list of 1 to {MostPaths} paths and what becomes of them; it may be left out where others is find or scramble");
            return null;
        }

        var masker = new JsonMasker(context, chosen, others, others == "find" ? new(context, context.Finder(PersonalData.PersonalFinding.Counts), PieceMasker.OfAllKinds(context)) : null);
        return context.Failed() ? null : masker;
    }

    /// <summary>For texts that are JSON: what is found personal in its members.</summary>
    public static JsonMasker Finding(MaskerContext context, FoundMembers found) => new(context, null, "find", found);

    /// <summary>Appends a text's JSON with what is personal masked; false where it is none.</summary>
    public bool TryWrite(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var here = output ??= new();
        here.Reset(batch, row);
        try
        {
            Write(value, here);
        }
        catch (JsonException)
        {
            here.Abandon();
            return false;
        }

        Fitting(here, value, to);
        return true;
    }

    /// <summary>The steps of a path: names, and * for the elements of an array or all members.</summary>
    private static byte[][]? Steps(string path)
    {
        if (!path.StartsWith('$'))
            return null;
        var steps = path[1..].Replace("[*]", ".*", StringComparison.Ordinal).Split('.', StringSplitOptions.None);
        return steps.Length > 1 && steps[0].Length == 0 && steps.Skip(1).All(step => step.Length > 0 && !step.Contains('[', StringComparison.Ordinal)) ? [.. steps.Skip(1).Select(Encoding.UTF8.GetBytes)] : null;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        // No JSON at all, in a column of texts.
        if (TryWrite(batch, row, value, to))
            return;
        if (isJson)
            to.Append("null"u8);
        else
            Scrambling.Write(values.Draw(value), value, to);
    }

    private void Write(ReadOnlySpan<byte> value, Output here)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        Value(ref reader, here, 0, paths.Count == MostPaths ? ulong.MaxValue : (1UL << paths.Count) - 1, found?.Whole);
        if (reader.Read())
            throw new JsonException();
        here.Writer.Flush();
    }

    /// <summary>Cut JSON is none; what does not fit keeps its signs, and its letters and digits go.</summary>
    private void Fitting(Output here, ReadOnlySpan<byte> value, TextColumn to)
    {
        if (maxLength is { } length && Utf8.Length(here.Buffer.WrittenSpan) > length)
            Scrambling.Write(values.Draw(value), value, to);
        else
            to.Append(here.Buffer.WrittenSpan);
    }

    /// <summary>Copies the value that the reader stands on.</summary>
    /// <param name="alive">A bit for each path whose first steps led here.</param>
    /// <param name="member">The member that it stands in, where what is personal is looked for.</param>
    private void Value(ref Utf8JsonReader reader, Output here, int depth, ulong alive, FoundMembers.Member? member)
    {
        for (var left = alive; left != 0; left &= left - 1)
        {
            var path = paths[System.Numerics.BitOperations.TrailingZeroCount(left)];
            if (path.Steps.Length == depth && depth > 0)
            {
                path.Change.Write(ref reader, here);
                return;
            }
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                here.Writer.WriteStartObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    Member(ref reader, here, depth, alive);
                here.Writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                here.Writer.WriteStartArray();
                var inside = Step(alive, depth, "*"u8);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (Removed(inside, depth + 1))
                        reader.Skip();
                    else
                        Value(ref reader, here, depth + 1, inside, member);
                }

                here.Writer.WriteEndArray();
                break;
            case JsonTokenType.String when scrambleOthers:
                var text = here.Text(ref reader);
                here.Scrambled.Reset(1);
                Scrambling.Write(values.Draw(text), text, here.Scrambled);
                here.Writer.WriteStringValue(here.Scrambled.Current);
                break;
            case JsonTokenType.String when member is not null:
                here.Scrambled.Reset(1);
                found!.Write(member, here.Batch!, here.Row, here.Text(ref reader), here.Scrambled);
                here.Writer.WriteStringValue(here.Scrambled.Current);
                break;
            case JsonTokenType.Number when member is not null:
                here.Scrambled.Reset(1);
                found!.Write(member, here.Batch!, here.Row, reader.ValueSpan, here.Scrambled);
                here.Number(here.Scrambled.Current);
                break;
            default:
                here.Copy(ref reader);
                break;
        }
    }

    private void Member(ref Utf8JsonReader reader, Output here, int depth, ulong alive)
    {
        Span<byte> name = reader.HasValueSequence || reader.ValueSpan.Length > 256 ? new byte[reader.ValueSpan.Length] : stackalloc byte[256];
        name = name[..reader.CopyString(name)];
        var inside = Step(alive, depth, name);
        var member = found?.Of(name);
        reader.Read();
        if (Removed(inside, depth + 1))
        {
            reader.Skip();
            return;
        }

        here.Writer.WritePropertyName(name);
        Value(ref reader, here, depth + 1, inside, member);
    }

    /// <summary>The paths that go on with a step.</summary>
    private ulong Step(ulong alive, int depth, ReadOnlySpan<byte> name)
    {
        var inside = 0UL;
        for (var left = alive; left != 0; left &= left - 1)
        {
            var number = System.Numerics.BitOperations.TrailingZeroCount(left);
            var steps = paths[number].Steps;
            if (steps.Length > depth && (steps[depth] is [(byte)'*'] || name.SequenceEqual(steps[depth])))
                inside |= 1UL << number;
        }

        return inside;
    }

    private bool Removed(ulong alive, int depth)
    {
        for (var left = alive; left != 0; left &= left - 1)
        {
            var (steps, change) = paths[System.Numerics.BitOperations.TrailingZeroCount(left)];
            if (steps.Length == depth && change.IsRemoval)
                return true;
        }

        return false;
    }

    /// <summary>What becomes of a member.</summary>
    private sealed class Change
    {
        private byte[]? set;
        private PieceMasker? masker;

        public bool IsRemoval => set is null && masker is null;

        public static Change? Of(MaskerContext context, JsonElement given)
        {
            if (given.ValueKind == JsonValueKind.String && given.ValueEquals("remove"))
                return new();
            if (given.ValueKind != JsonValueKind.Object)
                return null;
            if (given.TryGetProperty("set", out var value))
                return new() { set = Encoding.UTF8.GetBytes(value.GetRawText()) };
            if (given.TryGetProperty("personal", out var kind) && kind.ValueKind == JsonValueKind.String && PersonalData.PersonalKinds.Find(kind.GetString()!) is not null)
                return new() { masker = PieceMasker.OfKind(context, kind.GetString()!) };
            return given.TryGetProperty("masker", out var name) && name.ValueKind == JsonValueKind.String
                && PieceMasker.Make(context, name.GetString()!, given.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Object ? MaskerForm.Read(args.GetRawText()) : ArgumentValues.Empty, name.GetString()!) is { } made
                ? new() { masker = made }
                : null;
        }

        public void Write(ref Utf8JsonReader reader, Output here)
        {
            if (set is not null)
            {
                reader.Skip();
                here.Writer.WriteRawValue(set);
                return;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    here.Writer.WriteStringValue(masker!.Mask(here.Text(ref reader)));
                    break;
                case JsonTokenType.Number:
                    here.Number(masker!.Mask(reader.ValueSpan));
                    break;
                case JsonTokenType.StartObject:
                    here.Writer.WriteStartObject();
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        here.Writer.WritePropertyName(here.Text(ref reader));
                        reader.Read();
                        Write(ref reader, here);
                    }

                    here.Writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    here.Writer.WriteStartArray();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        Write(ref reader, here);
                    here.Writer.WriteEndArray();
                    break;
                default:
                    here.Copy(ref reader);
                    break;
            }
        }
    }

    /// <summary>What a thread writes to, again and again.</summary>
    private sealed class Output
    {
        private byte[] text = new byte[256];

        public Output() => Writer = new(Buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256, SkipValidation = true });

        public ArrayBufferWriter<byte> Buffer { get; } = new();

        public Utf8JsonWriter Writer { get; }

        public TextColumn Scrambled { get; } = new();

        /// <summary>The row that is masked.</summary>
        public MaskBatch? Batch { get; private set; }

        public int Row { get; private set; }

        public void Reset(MaskBatch batch, int row)
        {
            (Batch, Row) = (batch, row);
            Buffer.ResetWrittenCount();
            Writer.Reset();
        }

        public void Abandon() => Writer.Reset();

        /// <summary>The text that the reader stands on; valid until the next one.</summary>
        public ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
        {
            if (text.Length < reader.ValueSpan.Length)
                text = new byte[reader.ValueSpan.Length * 2];
            return text.AsSpan(0, reader.CopyString(text));
        }

        /// <summary>A masked number; one that is none any more is written as a text.</summary>
        public void Number(ReadOnlySpan<byte> masked)
        {
            if (IsNumber(masked))
                Writer.WriteRawValue(masked);
            else
                Writer.WriteStringValue(masked);
        }

        /// <summary>The number, text, true, false or null that the reader stands on.</summary>
        public void Copy(ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.String)
                Writer.WriteStringValue(Text(ref reader));
            else
                Writer.WriteRawValue(reader.ValueSpan);
        }

        private static bool IsNumber(ReadOnlySpan<byte> text)
        {
            try
            {
                var reader = new Utf8JsonReader(text);
                return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}
