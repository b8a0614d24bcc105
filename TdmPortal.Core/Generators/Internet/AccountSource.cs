using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.People;

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
    private readonly byte[][][] first;
    private readonly byte[][][] last;
    private readonly byte[][] domains;
    private readonly int maxLength;
    private readonly int digits;

    private AccountSource(SourceContext context, string[] domains)
    {
        var names = PersonNames.Of(context.Locale);
        key = Person.Key(context);
        first = Bytes(names.FirstSlugs);
        last = Bytes(names.LastSlugs);
        this.domains = [.. domains.Select(domain => Encoding.ASCII.GetBytes(domain))];
        maxLength = Math.Min(context.MaxLength ?? 254, 254);
        digits = Math.Min(maxLength - this.domains.Max(domain => domain.Length) - 1, 18);
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
        // A block is the rows with the same number of digits, those below 100 together.
        var (low, high) = (0UL, 0UL);
        KeyedPermutation permutation = default;
        foreach (var row in rows)
        {
            if ((ulong)row < low || (ulong)row >= high)
            {
                (low, high) = (0, Math.Min(100, (ulong)Capacity!.Value));
                while ((ulong)row >= high)
                    (low, high) = (high, high * 10);
                permutation = new(Randomness.Derive(fill.Key, high), high - low);
            }

            Write((TextColumn)target, Person.Of(key, row), (long)(low + permutation.Map((ulong)row - low)), true);
        }
    }

    private void Write(TextColumn target, Person person, long number, bool numbered)
    {
        var (givens, families) = (first[person.Gender], last[person.Gender]);
        ReadOnlySpan<byte> given = givens[person.First(givens.Length)];
        ReadOnlySpan<byte> family = families[person.Last(families.Length)];
        var style = person.Bits(4);
        ReadOnlySpan<byte> domain = domains[(int)Randomness.Bounded(style, (ulong)domains.Length)];
        var text = target.Reserve((2 * MaxSlug) + 24 + domain.Length);

        // The number is written first to know its size, then moved behind the name.
        Span<byte> tail = stackalloc byte[20];
        var tailSize = numbered ? Phrases.Utf8.Write((ulong)number, tail) : 0;
        var room = Math.Min(maxLength - domain.Length - tailSize, 64 - tailSize);
        var size = Name(text, given, family, (int)(style & 7), room);
        tail[..tailSize].CopyTo(text[size..]);
        size += tailSize;
        domain.CopyTo(text[size..]);
        target.Advance(size + domain.Length);
        target.End();
    }

    /// <summary>The name in one of the usual forms, in a shorter one where it would not fit.</summary>
    private static int Name(Span<byte> text, ReadOnlySpan<byte> given, ReadOnlySpan<byte> family, int style, int room)
    {
        var separator = style switch { < 4 => (byte)'.', 4 => (byte)'_', _ => (byte)0 };
        if (style == 7 || given.Length + family.Length + 1 > room)
            given = given[..1];
        if (separator != 0 && given.Length + 1 + family.Length <= room)
        {
            given.CopyTo(text);
            text[given.Length] = separator;
            family.CopyTo(text[(given.Length + 1)..]);
            return given.Length + 1 + family.Length;
        }

        if (given.Length + family.Length > room)
            family = family[..Math.Max(0, Math.Min(family.Length, room - given.Length))];
        given.CopyTo(text);
        family.CopyTo(text[given.Length..]);
        return given.Length + family.Length;
    }

    private static byte[][][] Bytes(string[][] slugs) =>
        [.. slugs.Select(list => list.Select(slug => Encoding.ASCII.GetBytes(slug.Length > MaxSlug ? slug[..MaxSlug] : slug)).ToArray())];
}
