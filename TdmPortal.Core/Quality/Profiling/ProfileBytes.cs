using System.IO.Compression;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>A profile as bytes, packed.</summary>
internal static class ProfileBytes
{
    private const byte Version = 1;

    /// <summary>Rows of a sample that are kept.</summary>
    private const int MostRows = 10_000;

    public static byte[] Write(DatasetProfile dataset)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var to = new BinaryWriter(packed))
        {
            Many(to, dataset.Entities, profile =>
            {
                to.Write(profile.Name);
                to.Write((byte)profile.Level);
                to.Write(profile.Rows);
                Many(to, profile.Columns, column => Write(to, column));
                Write(to, profile.Sample, sample => Write(to, sample.Thinned(MostRows)));
                Many(to, profile.Pairs, pair => Write(to, pair));
            });
            Many(to, dataset.Relationships, relationship =>
            {
                to.Write(relationship.Name);
                Write(to, relationship.Integrity);
                Write(to, relationship.Children);
            });
            Many(to, dataset.Keys, key =>
            {
                to.Write(key.Entity);
                Many(to, key.Fields, to.Write);
                Write(to, key.Uniqueness);
            });
        }

        return bytes.ToArray();
    }

    public static DatasetProfile Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            if (stream.ReadByte() != Version)
                throw Unreadable(null);
            using var from = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress));
            return new(
                Many(from, static from => new EntityProfile(from.ReadString(), (QualityLevel)from.ReadByte(), from.ReadInt64(), Many(from, ReadColumn), Maybe(from, ReadSample)) { Pairs = Many(from, ReadPair) }),
                Many(from, static from => new RelationshipProfile(from.ReadString(), Number(from), ReadDistribution(from))),
                Many(from, static from => new KeyProfile(from.ReadString(), Many(from, static from => from.ReadString()), Number(from))));
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Unreadable(broken);
        }
    }

    private static void Write(BinaryWriter to, ProfiledColumn column)
    {
        var profile = column.Profile;
        to.Write(profile.Name);
        to.Write((byte)profile.Type);
        to.Write(profile.IsArray);
        to.Write(profile.Rows);
        to.Write(profile.Nulls);
        to.Write(profile.Empty);
        to.Write(profile.Distinct ?? -1);
        to.Write(profile.DistinctError);
        Write(to, profile.Min);
        Write(to, profile.Max);
        Write(to, profile.Mean);
        Write(to, profile.StandardDeviation);
        Write(to, profile.Skewness);
        Many(to, profile.Quantiles, quantile =>
        {
            to.Write(quantile.Share);
            to.Write(quantile.Value);
            to.Write(quantile.Text);
        });
        Write(to, profile.Histogram, histogram =>
        {
            Many(to, histogram.Edges, to.Write);
            Many(to, histogram.Labels, to.Write);
            Many(to, histogram.Counts, to.Write7BitEncodedInt64);
            to.Write(histogram.OfLengths);
        });
        Many(to, profile.Top, top =>
        {
            to.Write(top.Value);
            to.Write7BitEncodedInt64(top.Count);
        });
        to.Write(profile.TopIsAll);
        Write(to, profile.Lengths, lengths =>
        {
            to.Write(lengths.Min);
            to.Write(lengths.Max);
            to.Write(lengths.Mean);
        });
        Write(to, profile.Characters, kinds =>
        {
            foreach (var rows in new[] { kinds.Letters, kinds.Digits, kinds.Spaces, kinds.Punctuation, kinds.NonAscii, kinds.Spaced, kinds.Control })
                to.Write7BitEncodedInt64(rows);
        });
        Write(to, column.Distribution, distribution => Write(to, distribution));
        Many(to, column.Values.Hashes.ToArray(), to.Write);
        Many(to, column.Values.Counts.ToArray(), to.Write7BitEncodedInt64);
        Many(to, column.Values.Texts, to.Write);
        to.Write(column.Values.IsAll);
    }

    private static ProfiledColumn ReadColumn(BinaryReader from)
    {
        var profile = new ColumnProfile
        {
            Name = from.ReadString(), Type = (FieldType)from.ReadByte(), IsArray = from.ReadBoolean(), Rows = from.ReadInt64(), Nulls = from.ReadInt64(), Empty = from.ReadInt64(),
            Distinct = from.ReadInt64() is var distinct and >= 0 ? distinct : null, DistinctError = from.ReadDouble(),
            Min = Text(from), Max = Text(from), Mean = Number(from), StandardDeviation = Number(from), Skewness = Number(from),
            Quantiles = Many(from, static from => new QuantileValue(from.ReadDouble(), from.ReadDouble(), from.ReadString())),
            Histogram = Maybe(from, static from => new Histogram(Many(from, static from => from.ReadDouble()), Many(from, static from => from.ReadString()), Many(from, static from => from.Read7BitEncodedInt64()), from.ReadBoolean())),
            Top = Many(from, static from => new TopValue(from.ReadString(), from.Read7BitEncodedInt64())),
            TopIsAll = from.ReadBoolean(),
            Lengths = Maybe(from, static from => new LengthProfile(from.ReadInt64(), from.ReadInt64(), from.ReadDouble())),
            Characters = Maybe(from, static from => new CharacterProfile(from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64())),
        };
        var distribution = Maybe(from, ReadDistribution);
        return new(profile, distribution, new(Many(from, static from => from.ReadUInt64()), Many(from, static from => from.Read7BitEncodedInt64()), Many(from, static from => from.ReadString()), from.ReadBoolean()));
    }

    private static void Write(BinaryWriter to, Distribution distribution)
    {
        to.Write(distribution.IsExact);
        to.Write(distribution.Least);
        to.Write(distribution.Greatest);
        Many(to, distribution.Numbers.ToArray(), to.Write);
        var before = 0L;
        Many(to, distribution.UpTo.ToArray(), upTo =>
        {
            to.Write7BitEncodedInt64(upTo - before);
            before = upTo;
        });
    }

    private static Distribution ReadDistribution(BinaryReader from)
    {
        var (isExact, least, greatest) = (from.ReadBoolean(), from.ReadDouble(), from.ReadDouble());
        var numbers = Many(from, static from => from.ReadDouble());
        var sum = 0L;
        return new Distribution(numbers, Many(from, from => sum += from.Read7BitEncodedInt64()), isExact, least, greatest);
    }

    private static void Write(BinaryWriter to, RowSample sample)
    {
        Many(to, sample.IsNumber, to.Write);
        to.Write(sample.Level);
        Many(to, sample.Rows, to.Write7BitEncodedInt64);
        Many(to, sample.Cells, column => Many(to, column, to.Write));
    }

    private static RowSample ReadSample(BinaryReader from) => new(Many(from, static from => from.ReadBoolean()), from.ReadInt32(), Many(from, static from => from.Read7BitEncodedInt64()), Many(from, static from => Many(from, static from => from.ReadInt64())));

    private static void Write(BinaryWriter to, PairTable pair)
    {
        to.Write(pair.First);
        to.Write(pair.Second);
        to.Write(pair.OfNumbers);
        Write(to, pair.Association);
        Many(to, pair.Cells, to.Write7BitEncodedInt);
        Many(to, pair.Counts, to.Write7BitEncodedInt);
    }

    private static PairTable ReadPair(BinaryReader from) => new(from.ReadString(), from.ReadString(), from.ReadBoolean(), Number(from), Many(from, static from => from.Read7BitEncodedInt()), Many(from, static from => from.Read7BitEncodedInt()));

    private static void Many<T>(BinaryWriter to, IReadOnlyList<T> all, Action<T> write)
    {
        to.Write7BitEncodedInt(all.Count);
        foreach (var one in all)
            write(one);
    }

    private static T[] Many<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        var all = new List<T>();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            all.Add(read(from));
        return [.. all];
    }

    private static void Write<T>(BinaryWriter to, T? value, Action<T> write)
        where T : class
    {
        to.Write(value is not null);
        if (value is not null)
            write(value);
    }

    private static T? Maybe<T>(BinaryReader from, Func<BinaryReader, T> read)
        where T : class => from.ReadBoolean() ? read(from) : null;

    private static void Write(BinaryWriter to, string? text) => Write(to, text, to.Write);

    private static string? Text(BinaryReader from) => Maybe(from, static from => from.ReadString());

    private static void Write(BinaryWriter to, double? number)
    {
        to.Write(number.HasValue);
        if (number is { } value)
            to.Write(value);
    }

    private static double? Number(BinaryReader from) => from.ReadBoolean() ? from.ReadDouble() : null;

    private static PortalException Unreadable(Exception? cause) =>
        new("quality.profile_unreadable", "The profile that was kept of an earlier version cannot be read; it is of another release or damaged.", cause) { SuggestedActions = ["Make the quality report of that version again"] };
}
