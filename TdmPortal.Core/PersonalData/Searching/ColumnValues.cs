using System.Globalization;
using System.Text;
using System.Text.Json;
using TdmPortal.Core.PersonalData.Texts;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>Looks at the different values of a column: what each is as a whole, and what is inside of it.</summary>
internal sealed class ColumnValues
{
    /// <summary>Share of a value's bytes that a piece must cover to be the value.</summary>
    private const double Whole = 0.8;

    // A kind that is wrong for a random number nine times in ten or more often; seen in nearly all of many values it is no chance.
    private static readonly HashSet<string> Checked = ["national_id", "social_security", "tax_id", "card", "iban", "vin"];
    private static readonly TextFinder Low = new(0.15);

    private readonly Dictionary<string, KindCount> wholes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KindCount> insides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnValues> paths = new(StringComparer.Ordinal);
    private readonly KindCount[] names = [new(), new(), new(), new()];
    private readonly List<TextFinding> found = [];
    private readonly string words;
    private long looked;
    private long numbers;
    private long longTexts;
    private byte[] buffer = [];

    /// <param name="name">The column's, or the last part of a path: its words are what stands before each value.</param>
    public ColumnValues(string name) => words = string.Concat(name.Replace('_', ' '), ": ");

    /// <summary>Values that were looked at.</summary>
    public long Looked => looked;

    /// <summary>Share of values that are digits only.</summary>
    public double Numbers => looked == 0 ? 0 : (double)numbers / looked;

    public void Add(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (value.Length > 1 && value[0] is (byte)'{' or (byte)'[' && Document(value))
        {
            looked++;
            return;
        }

        looked++;
        numbers += value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? 1 : 0;
        longTexts += value.Count((byte)' ') >= 4 ? 1 : 0;
        Dictionary(value);

        // The words of the column's name are context, as words before a piece are.
        var size = Encoding.UTF8.GetByteCount(words);
        if (buffer.Length < size + value.Length)
            buffer = new byte[(size + value.Length) * 2];
        Encoding.UTF8.GetBytes(words, buffer);
        value.CopyTo(buffer.AsSpan(size));
        Low.Find(buffer.AsSpan(0, size + value.Length), found);
        foreach (var piece in found)
        {
            if (piece.Start < size)
                continue;
            var text = buffer.AsSpan(piece.Start, piece.Length);
            if (piece.Length >= Whole * value.Length)
                Of(wholes, piece.Kind.Name).Add(piece.Confidence, text);
        }

        // Inside of a text only what it says itself counts.
        var whole = Whole * value.Length;
        if (found.Exists(piece => piece.Start >= size && piece.Length < whole))
        {
            TextFinder.Default.Find(value, found);
            foreach (var piece in found)
            {
                if (piece.Length < whole)
                    Of(insides, piece.Kind.Name).Add(piece.Confidence, value.Slice(piece.Start, piece.Length));
            }
        }
    }

    /// <summary>What they come to, surest first.</summary>
    public IEnumerable<ValueEvidence> Find()
    {
        var all = new List<ValueEvidence>();
        foreach (var (kind, count) in wholes)
        {
            var rate = (double)count.Hits / looked;
            var confidence = rate >= 0.6 ? count.Mean * (0.6 + (0.4 * rate)) : count.Mean * rate * 0.8;
            if (Checked.Contains(kind) && rate >= 0.65 && looked >= 30)
                confidence = Math.Max(confidence, 0.92);
            if (kind is "first_name" or "last_name" or "full_name" or "city" or "postcode" or "birth_date" && count.Mean < 0.7)
                continue;
            if (confidence > 0.2)
                all.Add(new(kind, Few(confidence), new($"{Percent(rate)} of the values are of the kind \"{Title(kind)}\"", count.Hits, looked, count.Samples), []));
        }

        ByDictionary(all);
        FreeText(all);
        Documents(all);
        return all.OrderByDescending(evidence => evidence.Confidence);
    }

    /// <summary>Share of values that are as a whole of a kind.</summary>
    public double Rate(string kind) => looked == 0 || !wholes.TryGetValue(kind, out var count) ? 0 : (double)count.Hits / looked;

    // Few values prove little.
    private double Few(double confidence) => looked < 5 ? confidence * 0.6 : looked < 20 ? confidence * 0.85 : confidence;

    private static KindCount Of(Dictionary<string, KindCount> counts, string kind) => counts.TryGetValue(kind, out var count) ? count : counts[kind] = new();

    private void Dictionary(ReadOnlySpan<byte> value)
    {
        switch (NameBook.Find(value))
        {
            case NameForm.First:
                names[0].Add(1, value);
                break;
            case NameForm.Last:
                names[1].Add(1, value);
                break;
            case NameForm.Either:
                names[0].Add(1, value);
                names[1].Add(1, value);
                break;
            case NameForm.Full:
                names[2].Add(1, value);
                break;
            case NameForm.City:
                names[3].Add(1, value);
                break;
        }
    }

    private void ByDictionary(List<ValueEvidence> all)
    {
        string[] kinds = ["first_name", "last_name", "full_name", "city"];
        var best = Array.IndexOf(names, names.MaxBy(count => count.Hits));
        var rate = looked == 0 ? 0 : (double)names[best].Hits / looked;
        if (rate < 0.5 || names[best].Hits < 8)
            return;
        var confidence = kinds[best] == "full_name" ? 0.55 + (0.4 * rate) : kinds[best] == "city" ? 0.45 * rate : 0.3 + (0.5 * rate);
        all.Add(new(kinds[best], Few(confidence), new($"{Percent(rate)} of the values are in the dictionary of {(kinds[best] == "city" ? "cities" : "names")}", names[best].Hits, looked, names[best].Samples), []));
    }

    private void FreeText(List<ValueEvidence> all)
    {
        if (insides.Count == 0)
            return;
        var hits = insides.Values.Sum(count => count.Hits);
        var surest = insides.Values.Max(count => count.Surest);
        var rate = Math.Min(1, (double)hits / looked);

        // One e-mail address is enough; names and places may be chance, so that more of them are asked for.
        var counted = insides.Where(kind => kind.Value.Surest >= 0.75 || kind.Value.Hits >= Math.Max(3, looked / 50)).OrderByDescending(kind => kind.Value.Hits).ToArray();
        if (counted.Length == 0 || (surest < 0.75 && rate < 0.02) || (longTexts == 0 && rate < 0.1))
            return;

        // In short values that are no sentences a name is often a thing's: bands, companies, brands.
        if (longTexts < looked / 5 && rate < 0.3 && Array.TrueForAll(counted, kind => kind.Key is "full_name" or "first_name" or "last_name" or "city"))
            return;
        var confidence = Math.Min(0.97, (surest >= 0.9 ? 0.7 : surest >= 0.75 ? 0.6 : 0.5) + (0.3 * rate));
        all.Add(new("free_text", confidence, new($"{Percent(rate)} of the texts hold {string.Join(", ", counted.Take(4).Select(kind => Title(kind.Key)))}", hits, looked,
            [.. counted.Take(3).SelectMany(kind => kind.Value.Samples.Take(1).Select(sample => $"{kind.Key}: {sample}"))]), [.. counted.Select(kind => kind.Key)]));
    }

    private void Documents(List<ValueEvidence> all)
    {
        var best = new List<(string Path, string Kind, double Confidence, PersonalEvidence Evidence)>();
        foreach (var (path, values) in paths)
        {
            var name = path[(path.LastIndexOf('.') + 1)..].TrimEnd('[', ']');
            var byName = ColumnNames.Find(new() { Name = "document" }, new() { Name = Schemas.LegalNames.ToLegal(name), Type = Schemas.FieldType.String }, isPerson: true);
            var byValue = values.Find().FirstOrDefault();
            if (byValue is not null && (byName is null || byValue.Confidence >= byName.Weight || byValue.Kind == byName.Kind))
                best.Add((path, byValue.Kind, byName?.Kind == byValue.Kind ? 1 - ((1 - byName.Weight) * (1 - byValue.Confidence)) : byValue.Confidence, byValue.Evidence));
            else if (byName is not null)
                best.Add((path, byName.Kind, byName.Weight, new(byName.Why, 0, values.Looked, [])));
        }

        foreach (var path in best.Where(path => path.Confidence >= PersonalFinding.Counts).OrderByDescending(path => path.Confidence).Take(1))
        {
            var counted = best.Where(one => one.Confidence >= PersonalFinding.Counts).OrderByDescending(one => one.Confidence).ToArray();
            all.Add(new("free_text", path.Confidence, path.Evidence with { Why = string.Join("; ", counted.Take(4).Select(one => $"at {one.Path}: {one.Evidence.Why}")) }, [.. counted.Select(one => one.Kind).Distinct()]));
        }
    }

    private bool Document(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var steps = new Stack<string>();
        var name = "$";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = $"{(steps.TryPeek(out var parent) ? parent : "$")}.{reader.GetString()}";
                        break;
                    case JsonTokenType.StartObject:
                        steps.Push(name);
                        break;
                    case JsonTokenType.StartArray:
                        name += "[]";
                        steps.Push(name);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        steps.Pop();
                        name = steps.TryPeek(out var outer) ? outer : "$";
                        break;
                    case JsonTokenType.String:
                        OfPath(name).Add(Encoding.UTF8.GetBytes(reader.GetString()!));
                        break;
                    case JsonTokenType.Number:
                        OfPath(name).Add(reader.ValueSpan);
                        break;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private ColumnValues OfPath(string path)
    {
        // A document whose names are data has no end of paths.
        if (paths.TryGetValue(path, out var values))
            return values;
        if (paths.Count >= 500)
            path = "$.*";
        return paths.TryGetValue(path, out values) ? values : paths[path] = new(path[(path.LastIndexOf('.') + 1)..].TrimEnd('[', ']'));
    }

    private static string Title(string kind) => PersonalKinds.Find(kind)!.Title.ToLowerInvariant();

    private static string Percent(double rate) => rate is > 0 and < 0.01 ? "less than 1 %" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(rate * 100)} %");
}
