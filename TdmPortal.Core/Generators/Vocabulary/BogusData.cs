using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Bogus;

namespace TdmPortal.Core.Generators.Vocabulary;

/// <summary>
/// Lists out of Bogus' data, which are a BSON document a locale inside its assembly. Bogus itself makes an object of every
/// word when a locale is first asked for; here one list is read and the others are stepped over (bsonspec.org).
/// </summary>
internal static class BogusData
{
    private const byte Text = 2;
    private const byte Document = 3;
    private const byte Array = 4;
    private static readonly ConcurrentDictionary<string, byte[]?> Locales = new(StringComparer.Ordinal);

    /// <summary>The texts of the list at a path such as <c>name.first_name</c>; null where the locale has no list there.</summary>
    public static List<string>? Texts(string locale, string path)
    {
        if (Locales.GetOrAdd(locale, Read) is not { } data)
            return null;
        ReadOnlySpan<byte> part = data;
        var type = Document;
        foreach (var step in path.Split('.'))
        {
            if (type != Document || !TryFind(part, step, out type, out part))
                return null;
        }

        return type == Array ? Texts(part) : null;
    }

    private static byte[]? Read(string locale)
    {
        using var stream = typeof(Database).Assembly.GetManifestResourceStream($"Bogus.data.{locale}.locale.bson");
        if (stream is null)
            return null;
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return data;
    }

    private static bool TryFind(ReadOnlySpan<byte> document, string name, out byte type, out ReadOnlySpan<byte> value)
    {
        var rest = document[4..];
        while (TryNext(ref rest, out type, out var key, out value))
        {
            if (key.Length == Encoding.UTF8.GetByteCount(name) && Encoding.UTF8.GetString(key) == name)
                return true;
        }

        return false;
    }

    private static List<string> Texts(ReadOnlySpan<byte> array)
    {
        var texts = new List<string>();
        var rest = array[4..];
        while (TryNext(ref rest, out var type, out _, out var value))
        {
            // A text is its size, its bytes and a zero.
            if (type == Text)
                texts.Add(Encoding.UTF8.GetString(value[4..^1]));
        }

        return texts;
    }

    /// <summary>The next element: a type, a name that ends with a zero, a value.</summary>
    private static bool TryNext(scoped ref ReadOnlySpan<byte> rest, out byte type, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        type = rest[0];
        name = value = default;
        if (type == 0)
            return false;
        var end = rest.IndexOf((byte)0);
        name = rest[1..end];
        rest = rest[(end + 1)..];
        var size = type switch
        {
            Text => 4 + BinaryPrimitives.ReadInt32LittleEndian(rest),
            Document or Array => BinaryPrimitives.ReadInt32LittleEndian(rest),
            1 or 9 or 18 => 8,
            8 => 1,
            10 => 0,
            16 => 4,
            _ => throw new InvalidDataException($"Bogus' data have a value of type {type}, which is not known here."),
        };
        value = rest[..size];
        rest = rest[size..];
        return true;
    }
}
