using System.Security.Cryptography;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Import;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Uploaded files are on disk as noise, under no name, and come back as they were.</summary>
public sealed class SealedFileTests : IDisposable
{
    private const string Planted = "anna.lindqvist@original.example";
    private readonly string folder = TestFolder.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [Trait("Requirement", "D7")]
    [InlineData(1)]
    [InlineData(SealedFile.ChunkBytes - 1)]
    [InlineData(SealedFile.ChunkBytes)]
    [InlineData(SealedFile.ChunkBytes + 1)]
    [InlineData((5 * SealedFile.ChunkBytes) + 17)]
    public async Task Open_AfterWriting_GivesTheSameBytesEachTime(int length)
    {
        var content = Bytes(length);
        using var file = await SealedFile.WriteAsync(folder, new MemoryStream(content), _ => { }, Cancellation);

        Assert.Equal(length, file.Length);
        for (var pass = 0; pass < 2; pass++)
        {
            await using var reader = file.Open();
            var read = new MemoryStream();
            await reader.CopyToAsync(read, 1000, Cancellation);
            Assert.Equal(content, read.ToArray());
        }

        await using var seeking = file.Open();
        foreach (var at in (int[])[length / 2, 0, length - 1])
        {
            seeking.Seek(at, SeekOrigin.Begin);
            Assert.Equal(content[at], seeking.ReadByte());
        }
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Write_OfPlantedValues_LeavesNothingOnDiskThatHoldsThem()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Planted + "\n", 10_000)));
        using var file = await SealedFile.WriteAsync(folder, new MemoryStream(content), _ => { }, Cancellation);
        var onDisk = new byte[file.SealedLength];
        file.ReadSealed(onDisk);

        Assert.True(onDisk.Length > content.Length);
        Assert.False(onDisk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Planted)) >= 0);
        Assert.False(onDisk.AsSpan().IndexOf("original"u8) >= 0);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Write_ThatBreaksOff_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => SealedFile.WriteAsync(folder, new BreakingStream(Bytes(200_000)), _ => { }, Cancellation));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [Trait("Requirement", "D7")]
    [InlineData(0)]
    [InlineData(SealedFile.ChunkBytes + 20)]
    public async Task Read_OfDamagedBytes_SaysSo(int at)
    {
        using var file = await SealedFile.WriteAsync(folder, new MemoryStream(Bytes(SealedFile.ChunkBytes * 2)), _ => { }, Cancellation);
        file.Damage(at);
        await using var reader = file.Open();

        var error = Assert.Throws<PortalException>(() => reader.CopyTo(Stream.Null));

        Assert.Equal("upload.damaged", error.Code);
    }

    [Fact]
    public async Task Dispose_WhileSomebodyReads_LetsThemEndAndNobodyBegin()
    {
        var content = Bytes(300_000);
        var file = await SealedFile.WriteAsync(folder, new MemoryStream(content), _ => { }, Cancellation);
        await using (var reader = file.Open())
        {
            file.Dispose();
            var read = new MemoryStream();
            await reader.CopyToAsync(read, Cancellation);
            Assert.Equal(content, read.ToArray());
        }

        Assert.Throws<ObjectDisposedException>(file.Open);
    }

    private static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);

    private sealed class BreakingStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > 100_000 ? throw new IOException("The browser went away.") : base.ReadAsync(buffer, cancellationToken);
    }
}
