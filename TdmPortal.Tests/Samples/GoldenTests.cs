using System.Globalization;
using System.Security.Cryptography;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Samples;

/// <summary>
/// The bytes of every sample at seed 1, as checksums.txt has them: the same on every machine, by any number of threads, in
/// any parts. Who changes values on purpose writes the file anew (TDM_UPDATE_DOCS=1) and says so in the commit.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string ChecksumFile = Repository.PathOf("TdmPortal.Tests", "Samples", "checksums.txt");

    [Theory]
    [MemberData(nameof(SampleTests.Files), MemberType = typeof(SampleTests))]
    [Trait("Requirement", "N1")]
    public void Sample_WrittenByAnyThreadsInAnyParts_HasItsChecksums(string file)
    {
        var name = file[..file.IndexOf('.', StringComparison.Ordinal)];
        // customers-orders is for measuring: a tenth of it shows the same.
        var plan = Plans.Compile(Plans.Sample(name), new() { Scale = name == "customers-orders" ? 0.1 : 1 });

        var sums = plan.Entities.Select(entity => Line(name, entity, Sum(plan, entity, threads: 1, parts: 1))).ToList();

        Assert.Equal(sums, plan.Entities.Select(entity => Line(name, entity, Sum(plan, entity, threads: 4, parts: 1))));
        Assert.Equal(sums, plan.Entities.Select(entity => Line(name, entity, Sum(plan, entity, threads: 2, parts: 7))));
        var known = Known(name, sums);
        Assert.Equal(known, sums);
    }

    private static List<string> Known(string name, List<string> sums)
    {
        var lines = File.Exists(ChecksumFile) ? File.ReadAllLines(ChecksumFile) : [];
        if (Environment.GetEnvironmentVariable("TDM_UPDATE_DOCS") == "1")
        {
            lines = [.. lines.Where(line => !IsOf(line, name)).Concat(sums).Order(StringComparer.Ordinal)];
            File.WriteAllLines(ChecksumFile, lines);
        }

        var place = 0;
        var order = sums.ToDictionary(sum => sum.Split(' ')[0], _ => place++, StringComparer.Ordinal);
        return [.. lines.Where(line => IsOf(line, name)).OrderBy(line => order.GetValueOrDefault(line.Split(' ')[0], int.MaxValue))];
    }

    private static bool IsOf(string line, string name) => line.StartsWith($"{name}/", StringComparison.Ordinal);

    private static string Line(string name, EntityPlan entity, string sum) => string.Create(CultureInfo.InvariantCulture, $"{name}/{entity.Name} {entity.Rows} {sum}");

    /// <summary>SHA-256 of the rows as NDJSON, which has nothing around them.</summary>
    private static string Sum(GenerationPlan plan, EntityPlan entity, int threads, int parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new HashingStream(hash);
        for (var part = 0; part < parts; part++)
        {
            var (first, end) = (entity.Rows * part / parts, entity.Rows * (part + 1) / parts);
            plan.Write(entity, first, end - first, RowFormat.Ndjson, stream, threads, cancellation: TestContext.Current.CancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class HashingStream(IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => hash.AppendData(buffer);
    }
}
