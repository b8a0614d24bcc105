using System.Text;
using TdmPortal.Core.Learning.Forms;
using TdmPortal.Core.Quality.Files;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>Finds a column's type by looking at every value: each way to read it stays in play until too many values are not of it.</summary>
internal sealed class ColumnTyping
{
    /// <summary>Values that may have another type where it is told as nearly so: this many and one in a thousand.</summary>
    private const int FewOthers = 3;

    /// <summary>Values from which on "nearly all" means something.</summary>
    private const int EnoughForNearly = 100;

    /// <summary>More digits after the point than this are the rest of a division: a double.</summary>
    private const int LongestScale = 10;

    private static readonly string[] SureNulls = ["NULL", "null", @"\N", "#N/A"];
    private static readonly string[] FlagWords = ["is", "has", "flag", "active", "enabled", "deleted", "aktiv", "ist", "hat", "est", "es"];

    private readonly string original;
    private readonly FileDialect dialect;
    private readonly byte[][] nullWords;
    private readonly long[] nullCounts;
    private readonly int longestNull;
    private readonly List<Candidate> live = [];
    private readonly byte[] scratch = new byte[CellForm.Longest];
    private readonly bool[] kinds = new bool[8];
    private long digitsOnly;
    private int digitsWhole;
    private bool digitsLeadingZero;
    private bool onlyBits = true;
    private long empty;
    private long emptyQuoted;
    private long unquoted;
    private long values;
    private int longestBytes;
    private int longest;

    public ColumnTyping(string original, int place, FileDialect dialect)
    {
        (this.original, Place, this.dialect) = (original, place, dialect);
        nullWords = [.. dialect.Nulls.Where(word => word.Length > 0).Select(Encoding.UTF8.GetBytes)];
        nullCounts = new long[nullWords.Length];
        longestNull = nullWords.Length == 0 ? 0 : nullWords.Max(word => word.Length);
        live.AddRange(NumberForm.All.Select(form => new Candidate(form)));
        live.AddRange(BooleanForm.All.Where(form => form.Name != "1/0").Select(form => new Candidate(form)));
        live.AddRange(DateForm.Dates.Concat(DateForm.Timestamps).Select(form => new Candidate(form)));
        live.Add(new(new PlainForm(FieldType.Time)));
        live.Add(new(new PlainForm(FieldType.Uuid)));
    }

    public int Place { get; }

    public string Original => original;

    public void AddNull() => empty++;

    public void AddNulls(long count) => empty += count;

    public void Add(CellKind kind, ReadOnlySpan<byte> text, bool quoted, long line)
    {
        if (text.IsEmpty && kind == CellKind.Plain)
        {
            emptyQuoted++;
            return;
        }

        if (text.Length <= longestNull && kind is CellKind.Plain or CellKind.Text)
        {
            for (var i = 0; i < nullWords.Length; i++)
            {
                if (text.SequenceEqual(nullWords[i]))
                {
                    nullCounts[i]++;
                    return;
                }
            }
        }

        values++;
        if (!quoted)
            unquoted++;
        kinds[(int)kind] = true;
        if (text.Length > longestBytes)
        {
            longestBytes = text.Length;
            var points = 0;
            foreach (var b in text)
                points += (b & 0xC0) == 0x80 ? 0 : 1;
            longest = Math.Max(longest, points);
        }

        if (kind == CellKind.Composite || kind == CellKind.Boolean || live.Count == 0)
            return;
        if (text.Length <= 19 && IsDigits(text))
        {
            // Every form of numbers reads these, and nothing else does.
            digitsOnly++;
            var signs = text[0] == '-' ? 1 : 0;
            digitsWhole = Math.Max(digitsWhole, text.Length - signs);
            onlyBits &= text.Length == 1 && text[0] is (byte)'0' or (byte)'1';
            digitsLeadingZero |= text.Length > signs + 1 && text[signs] == '0';
            for (var i = live.Count - 1; i >= 0; i--)
            {
                if (live[i].Form is not NumberForm)
                    Fail(i, line);
            }

            return;
        }

        for (var i = live.Count - 1; i >= 0; i--)
        {
            if (!live[i].TryAdd(text, scratch))
                Fail(i, line);
        }
    }

    public InspectedColumn Complete(string name)
    {
        var column = new InspectedColumn(name, original, FieldType.String) { Place = Place, Values = values };
        var best = Best();
        column = best is null ? column with { MaxLength = longest == 0 ? null : longest } : Typed(column, best);
        if (kinds[(int)CellKind.Composite] || MixedKinds())
            column = column with { Type = FieldType.Json, MaxLength = null };
        else if (kinds[(int)CellKind.Boolean])
            column = column with { Type = FieldType.Boolean, MaxLength = null };
        return Nulls(column with { Nearly = column.Type == FieldType.String ? Nearly() : null });
    }

    private static bool IsDigits(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private void Fail(int candidate, long line)
    {
        var failed = live[candidate];
        if (failed.Others++ == 0)
            failed.FirstOther = line;
        if (failed.Others > FewOthers + (values / 1000))
            live.RemoveAt(candidate);
    }

    private bool MixedKinds() => (kinds[(int)CellKind.Text] ? 1 : 0) + (kinds[(int)CellKind.Number] ? 1 : 0) + (kinds[(int)CellKind.Boolean] ? 1 : 0) > 1;

    /// <summary>The way to read them that all values have; of several, the one that explains their signs.</summary>
    private Candidate? Best()
    {
        var whole = live.Where(candidate => candidate.Others == 0 && values > 0).ToList();
        if (whole.Find(candidate => candidate.Form is not NumberForm) is { } other)
            return other;
        var numbers = whole.Where(candidate => candidate.Form is NumberForm && !candidate.LeadingZero && !digitsLeadingZero).ToList();
        // 1,234 may be a thousand or a fraction: who separates values by semicolons writes fractions with a comma.
        var comma = numbers.Find(candidate => candidate.Form.Name == "1234,56");
        if (comma is not null && numbers[0].Form.Name == "1,234.56")
            return dialect.Delimiter == ';' ? comma : numbers[0];
        return numbers.FirstOrDefault();
    }

    private InspectedColumn Typed(InspectedColumn column, Candidate best)
    {
        column = column with { Type = best.Form.Type, Form = best.Form.Name, Note = Ambiguity(best) };
        if (best.Form is not NumberForm)
            return column;
        var whole = Math.Max(best.Whole, digitsWhole);
        var words = LegalNames.ToLegal(original).Split('_');
        if (digitsOnly == values && onlyBits && IsFlag(words))
            return column with { Type = FieldType.Boolean, Form = "1/0" };
        if (best.Fraction == 0 && !best.Exponent && whole <= 18)
            return column with { Type = FieldType.Integer };
        if (best.Exponent || best.Fraction > LongestScale || whole + best.Fraction > 38)
            return column with { Type = FieldType.Double };
        return column with { Scale = best.Fraction, Precision = Math.Clamp(whole + best.Fraction, 18, 38) };
    }

    private static bool IsFlag(string[] words) => FlagWords.Contains(words[0], StringComparer.Ordinal) || FlagWords.Contains(words[^1], StringComparer.Ordinal);

    private string? Ambiguity(Candidate best) => best.Form is DateForm && live.Exists(other => other != best && other.Others == 0 && other.Form is DateForm && other.Form.Type == best.Form.Type)
        ? "day and month cannot be told apart: no day is above 12" : null;

    private NearlyType? Nearly() => values < EnoughForNearly || digitsLeadingZero ? null
        : live.Where(candidate => !candidate.LeadingZero && candidate.Others > 0).MinBy(candidate => candidate.Others) is { } found
            ? new(found.Form is NumberForm && found.Fraction == 0 && !found.Exponent ? FieldType.Integer : found.Form.Type, found.Form.Name, found.Others, found.FirstOther) : null;

    /// <summary>Which spellings are no value here. In a column of short codes NA may be one of them: Namibia.</summary>
    private InspectedColumn Nulls(InspectedColumn column)
    {
        var isText = column.Type == FieldType.String;
        var spellings = new List<string>();
        var nulls = empty;
        var codes = isText && longest <= 3 && values > 0;
        for (var i = 0; i < nullWords.Length; i++)
        {
            var word = Encoding.UTF8.GetString(nullWords[i]);
            if (nullCounts[i] == 0)
                continue;
            if (codes && !SureNulls.Contains(word, StringComparer.Ordinal))
            {
                column = column with { Values = column.Values + nullCounts[i], MaxLength = Math.Max(column.MaxLength ?? 0, word.Length) };
                continue;
            }

            spellings.Add(word);
            nulls += nullCounts[i];
        }

        // Where everything stands in quotes there is no other way to write that there is nothing.
        var emptyIsNull = !isText || (empty == 0 && unquoted == 0);
        if (emptyQuoted > 0 && emptyIsNull)
            spellings.Add("");
        return column with { Nulls = nulls + (emptyIsNull ? emptyQuoted : 0), Values = column.Values + (emptyIsNull ? 0 : emptyQuoted), NullSpellings = spellings };
    }

    /// <summary>One way to read the values.</summary>
    private sealed class Candidate(CellForm form)
    {
        public CellForm Form => form;
        public long Others { get; set; }
        public long FirstOther { get; set; }
        public int Whole { get; private set; }
        public int Fraction { get; private set; }
        public bool Exponent { get; private set; }
        public bool LeadingZero { get; private set; }

        public bool TryAdd(ReadOnlySpan<byte> text, Span<byte> scratch)
        {
            if (form is not NumberForm number)
                return form.TryNormalise(text, scratch, out _);
            if (!number.TryNormalise(text, scratch, out _, out var shape))
                return false;
            (Whole, Fraction) = (Math.Max(Whole, shape.Whole), Math.Max(Fraction, shape.Fraction));
            (Exponent, LeadingZero) = (Exponent | shape.Exponent, LeadingZero | shape.LeadingZero);
            return true;
        }
    }
}
