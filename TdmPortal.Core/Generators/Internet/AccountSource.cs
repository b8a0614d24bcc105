using System.Runtime.CompilerServices;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Internet;

/// <summary>
/// E-mail addresses and user names made from the row's person's name. The name part holds letters, dots, hyphens and
/// underscores only and is followed by a number: where no two rows may be alike it is the row's own number, permuted
/// within its power of ten, so that few rows have short addresses and more rows leave the earlier ones as they were.
/// </summary>
internal sealed class AccountSource : ValueSource
{
    private const int MaxSlug = 40;
    private readonly ulong key;
    private readonly TextTable[] first;
    private readonly TextTable[] last;
    private readonly TextTable domains;
    private readonly int maxLength;
    private readonly int digits;

    private AccountSource(SourceContext context, string[] domains)
    {
        var names = PersonNames.Of(context.Locale);
        key = Person.Key(context);
        first = [.. names.FirstSlugs.Select(Table)];
        last = [.. names.LastSlugs.Select(Table)];
        this.domains = new([.. domains.Select(Encoding.ASCII.GetBytes)]);
        maxLength = Math.Min(context.MaxLength ?? 254, 254);
        digits = Math.Min(maxLength - this.domains.MaxBytes - 1, 18);
    }

    public override UInt128? Capacity
    {
        get
        {
            UInt128 capacity = 1;
            for (var i = 0; i < digits; i++)
                capacity *= 10;
            return digits < 1 ? 0 : capacity;
        }
    }

    public override int? LongestText => maxLength;

    public static ValueSource? Email(SourceContext context)
    {
        string[] hosts = ["@example.com", "@example.org", "@example.net"];
        if (context.OptionalText("domain") is { Length: > 0 } domain)
        {
            if (!ReservedDomains.Contains(domain))
                return context.Refuse<ValueSource?>("domain", $"\"{domain}\" could be somebody's: choose a domain under example.com, example.org, example.net, .test, .example or .invalid", null);
            hosts = [$"@{domain.ToLowerInvariant()}"];
        }

        return Create(context, hosts);
    }

    public static ValueSource? UserName(SourceContext context) => Create(context, [""]);

    private static AccountSource? Create(SourceContext context, string[] hosts)
    {
        var source = new AccountSource(context, hosts);
        if (source.digits < 1)
            context.Report("schema.invalid_argument", $"maxLength {context.MaxLength} leaves no room for a name before {hosts[0]}", "Raise maxLength");
        return context.Failed() ? null : source;
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        foreach (var row in rows)
            Write((TextColumn)target, Person.Of(key, row), (long)Randomness.Bounded(Randomness.Cell(fill.Key, row), 100), digits >= 2);
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        foreach (var rank in ranks)
            Write((TextColumn)target, Person.Of(key, (long)rank), (long)rank, true);
    }

    public override void FillUnique(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        Span<long> numbers = stackalloc long[256];
        while (rows.Length > 0)
        {
            // A block is the rows with the same number of digits, those below 100 together; a run is rows of one block.
            var (low, high) = (0UL, Math.Min(100, (ulong)Capacity!.Value));
            while ((ulong)rows[0] >= high)
                (low, high) = (high, high * 10);
            var run = 1;
            while (run < Math.Min(rows.Length, numbers.Length) && (ulong)rows[run] - low < high - low)
                run++;
            new KeyedPermutation(Randomness.Derive(fill.Key, high), high - low).Map(rows[..run], (long)low, numbers);
            for (var i = 0; i < run; i++)
                Write((TextColumn)target, Person.Of(key, rows[i]), (long)low + numbers[i], true);
            rows = rows[run..];
        }
    }

    private void Write(TextColumn target, Person person, long number, bool numbered)
    {
        var (givens, families) = (first[person.Gender], last[person.Gender]);
        var (given, family) = (person.First(givens.Count), person.Last(families.Count));
        var style = person.Bits(4);
        var domain = (int)Randomness.Bounded(style, (ulong)domains.Count);
        ref var text = ref target.Room((2 * MaxSlug) + 24 + domains.MaxBytes);
        var room = Math.Min(maxLength - domains[domain].Length, 64) - (numbered ? Digits((ulong)number) : 0);
        var size = Name(ref text, givens, given, families, family, (int)(style & 7), room);
        if (numbered)
            size += DigitText.Write(ref Unsafe.Add(ref text, size), (ulong)number);
        size += domains.Copy(domain, ref Unsafe.Add(ref text, size));
        target.Advance(size);
        target.End();
    }

    /// <summary>The name in one of the usual forms, in a shorter one where it would not fit.</summary>
    private static int Name(ref byte text, TextTable givens, int given, TextTable families, int family, int style, int room)
    {
        var (before, behind) = (givens[given].Length, families[family].Length);
        if (style == 7 || before + behind + 1 > room)
            before = 1;
        givens.Copy(given, ref text);
        if (style <= 4 && before + 1 + behind <= room)
        {
            Unsafe.Add(ref text, before) = style < 4 ? (byte)'.' : (byte)'_';
            before++;
        }

        families.Copy(family, ref Unsafe.Add(ref text, before));
        return before + Math.Clamp(room - before, 0, behind);
    }

    /// <summary>Decimal digits of a number.</summary>
    private static int Digits(ulong number)
    {
        var count = 1;
        for (; number >= 10; number /= 10)
            count++;
        return count;
    }

    private static TextTable Table(string[] texts) => new([.. texts.Select(text => Encoding.ASCII.GetBytes(text.Length > MaxSlug ? text[..MaxSlug] : text))]);
}
