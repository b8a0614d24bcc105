using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bogus;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Phones;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>
/// Any method of any data set of Bogus, seeded by the cell. It calls by reflection and allocates: the catalogue says that
/// it is the slow one. What could reach somebody is replaced: hosts, e-mail and web addresses are moved under reserved
/// domains, IP addresses into documentation ranges, telephone numbers are those of phone.number; payment cards are refused.
/// </summary>
internal sealed partial class BogusSource : ValueSource
{
    private static readonly string[] Refused = ["finance.creditcardnumber", "finance.creditcardcvv"];

    // Whether a Faker is in use is a matter of one thread at a time; a pool keeps them.
    private readonly ConcurrentBag<Faker> fakers = [];
    private readonly string locale;
    private readonly PropertyInfo set;
    private readonly MethodInfo method;
    private readonly object?[] arguments;
    private readonly SourceContext context;
    private readonly string[]? all;
    private readonly Func<string, string> harmless;

    private BogusSource(SourceContext context, PropertyInfo set, MethodInfo method, object?[] arguments)
    {
        (this.context, this.set, this.method, this.arguments) = (context, set, method, arguments);
        locale = Locale.Get(context.Locale).Name;
        harmless = Harmless(set.Name, method.Name);
        all = method.GetParameters().Length == 0 && method.ReturnType == typeof(string) ? Enumerate() : null;
    }

    /// <summary>Known where the data set is a plain list.</summary>
    public override UInt128? Capacity => all is null ? null : (UInt128)all.Length;

    public static ValueSource? Create(SourceContext context)
    {
        var name = context.Text("dataSet");
        if (context.Failed())
            return null;
        var parts = name.Split('.');
        var property = parts.Length == 2 ? typeof(Faker).GetProperty(parts[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) : null;
        var methods = property is null || !typeof(DataSet).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(Randomizer)
            ? []
            : property.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m => string.Equals(m.Name, parts[1], StringComparison.OrdinalIgnoreCase) && !m.IsGenericMethod && IsSimple(m.ReturnType)).ToArray();
        if (methods.Length == 0)
            return context.Refuse<ValueSource?>("dataSet", $"Bogus has no data set \"{name}\": write <set>.<method>, such as music.genre or rant.review", null);
        if (Refused.Contains(name.ToLowerInvariant()))
            return context.Refuse<ValueSource?>("dataSet", "Bogus' payment cards could be somebody's: use finance.cardNumber, whose numbers are from test ranges", null);

        // A form that the author gave is kept, as pattern would keep it.
        if (property!.Name == nameof(Faker.Phone) && !HasArguments(context) && context.Type == FieldType.String && context.Country() is { } country && PhoneFormats.Space(country.Code, country.Dial, "national", mobile: false) is { } numbers)
            return PhraseSource.Create(context, numbers);
        foreach (var candidate in methods.OrderBy(m => m.GetParameters().Length))
        {
            if (Bind(context, candidate) is { } bound)
                return Check(context, new BogusSource(context, property, candidate, bound));
        }

        return context.Refuse<ValueSource?>("arguments", $"{name} does not take these arguments; it takes {string.Join(", ", methods[^1].GetParameters().Select(p => p.Name))}", null);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (!fakers.TryTake(out var faker))
            faker = new Faker(locale);
        for (var i = 0; i < rows.Length; i++)
            Set(target, i, Value(faker, Randomness.Cell(fill.Key, rows[i])));
        fakers.Add(faker);
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        foreach (var rank in ranks)
            ((TextColumn)target).Add(Encoding.UTF8.GetBytes(all![(int)rank]));
    }

    private static BogusSource? Check(SourceContext context, BogusSource source)
    {
        using var column = Column.For(context.Type, context.Precision);
        column.Reset(1);
        try
        {
            source.Fill(column, [0], new FillContext { Key = context.FieldKey });
            return source;
        }
        catch (Exception problem) when (problem is TargetInvocationException or FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            return context.Refuse<BogusSource?>("dataSet", $"{source.set.Name}.{source.method.Name} gives no {context.Type.ToString().ToLowerInvariant()}: {(problem.InnerException ?? problem).Message}", null);
        }
    }

    private object? Value(Faker faker, ulong cell)
    {
        faker.Random = new Randomizer((int)cell);
        return method.Invoke(set.GetValue(faker), arguments);
    }

    private void Set(Column target, int row, object? value)
    {
        if (value is null)
        {
            if (target is TextColumn empty)
                empty.AddNull();
            else
                target.SetNull(row);
            return;
        }

        var text = Text(value);
        if (target is TextColumn strings)
        {
            strings.Add(Encoding.UTF8.GetBytes(harmless(text)));
            return;
        }

        using var read = Literals.ToColumn([value is bool flag ? flag ? "true" : "false" : context.Type == FieldType.Integer ? Whole(text) : text], context.Type, context.Precision, context.Scale, context.AsOf, out _)
            ?? throw new FormatException($"\"{text}\" is not a value of that type");
        switch (target)
        {
            case LongColumn longs:
                longs.Values[row] = ((LongColumn)read).Values[0];
                break;
            case WideColumn wide:
                wide.Values[row] = ((WideColumn)read).Values[0];
                break;
            case DoubleColumn doubles:
                doubles.Values[row] = ((DoubleColumn)read).Values[0];
                break;
        }
    }

    /// <summary>What a value has to go through so that it reaches neither a person nor a machine.</summary>
    private static Func<string, string> Harmless(string set, string method) => set != nameof(Faker.Internet) ? Reserved : method switch
    {
        // A bare domain may have any ending.
        nameof(Faker.Internet.DomainName) => static _ => "example.com",
        nameof(Faker.Internet.Ip) or nameof(Faker.Internet.IpAddress) or nameof(Faker.Internet.Ipv6) or nameof(Faker.Internet.Ipv6Address) => static text => Documented(IPAddress.Parse(text)).ToString(),
        nameof(Faker.Internet.IpEndPoint) or nameof(Faker.Internet.Ipv6EndPoint) => static text => Documented(IPEndPoint.Parse(text)),
        nameof(Faker.Internet.Mac) => static text => $"02{text[2..]}",
        _ => Reserved,
    };

    /// <summary>The address moved into the ranges of RFC 5737 and RFC 3849.</summary>
    private static IPAddress Documented(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        ReadOnlySpan<byte> range = bytes.Length == 16 ? [0x20, 0x01, 0x0d, 0xb8] : (bytes[0] % 3) switch { 0 => [192, 0, 2], 1 => [198, 51, 100], _ => [203, 0, 113] };
        range.CopyTo(bytes);
        return new(bytes);
    }

    private static string Documented(IPEndPoint end) => new IPEndPoint(Documented(end.Address), end.Port).ToString();

    /// <summary>Hosts, e-mail and web addresses moved under reserved domains.</summary>
    private static string Reserved(string text)
    {
        text = AfterAt().Replace(text, "@example.com");
        return HostName().Replace(text, match => Internet.ReservedDomains.Contains(match.Value) ? match.Value : $"{match.Groups["keep"].Value}example.com");
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        DateTimeOffset or DateTime => Instant(value),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        Bogus.DataSets.Currency currency => currency.Code,
        Exception exception => exception.Message,
        System.Collections.IEnumerable several => string.Join(' ', several.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Instant(object value)
    {
        var instant = value is DateTimeOffset offset ? offset : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));
        return instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static string Whole(string text) => text.IndexOf('.', StringComparison.Ordinal) is > 0 and var point ? text[..point] : text;

    /// <summary>All members of a data set whose name is that of a list of Bogus' data.</summary>
    private string[]? Enumerate()
    {
        var list = $"{set.Name}.{method.Name}".ToLowerInvariant();
        return WordLists.Find(locale, list) is { Words: > 0 } words ? [.. words.Texts().Select(Reserved).Where(text => !(text.EnumerateRunes().Count() > context.MaxLength)).Distinct(StringComparer.Ordinal)] : null;
    }

    /// <summary>Whether the values can be written: all but what a caller's own objects would be needed for.</summary>
    private static bool IsSimple(Type type) => type != typeof(void) && !type.ContainsGenericParameters;

    private static bool HasArguments(SourceContext context) => context.Argument("arguments") is { ValueKind: JsonValueKind.Object } map && map.EnumerateObject().Any();

    /// <summary>The arguments in the method's order; null when one of them it does not take.</summary>
    private static object?[]? Bind(SourceContext context, MethodInfo method)
    {
        var given = context.Argument("arguments") is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase) : [];
        var parameters = method.GetParameters();
        if (given.Keys.Any(name => !Array.Exists(parameters, p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))))
            return null;
        var values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (given.TryGetValue(parameters[i].Name!, out var value))
            {
                try
                {
                    values[i] = value.Deserialize(parameters[i].ParameterType);
                }
                catch (JsonException)
                {
                    return null;
                }
            }
            else if (parameters[i].Name is "refDate" or "refTime")
            {
                values[i] = AsOf(context.Options.AsOf, Nullable.GetUnderlyingType(parameters[i].ParameterType) ?? parameters[i].ParameterType);
            }
            else if (parameters[i].HasDefaultValue)
            {
                values[i] = parameters[i].DefaultValue;
            }
            else
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>The as-of instant, so that no value depends on the clock.</summary>
    private static object AsOf(DateTimeOffset asOf, Type type)
    {
        if (type == typeof(DateTimeOffset))
            return asOf;
        if (type == typeof(DateOnly))
            return DateOnly.FromDateTime(asOf.UtcDateTime);
        return type == typeof(TimeOnly) ? TimeOnly.FromDateTime(asOf.UtcDateTime) : asOf.UtcDateTime;
    }

    [GeneratedRegex(@"@[\p{L}\p{M}\p{N}.-]+\.\p{L}{2,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AfterAt();

    [GeneratedRegex(@"(?<=://)[\p{L}\p{M}\p{N}.-]+\.\p{L}{2,}|\b(?<keep>www\.)[\p{L}\p{M}\p{N}.-]+\.\p{L}{2,}|^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.(com|org|net|info|biz|name|io|eu|co|de|fr|uk|us)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostName();
}
