using System.Security.Cryptography;

namespace TdmPortal.Data.Import;

/// <summary>Reads a <see cref="SealedFile"/>, chunk by chunk, from anywhere.</summary>
internal sealed class SealedStream(SealedFile file) : Stream
{
    private readonly AesGcm cipher = file.Cipher();
    private readonly byte[] plain = GC.AllocateUninitializedArray<byte>(SealedFile.ChunkBytes, pinned: true);
    private readonly byte[] scratch = new byte[SealedFile.ChunkBytes + 16];
    private long position;
    private long chunk = -1;
    private int chunkBytes;
    private bool closed;

    public override bool CanRead => !closed;
    public override bool CanSeek => !closed;
    public override bool CanWrite => false;
    public override long Length => file.Length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (position >= file.Length || buffer.IsEmpty)
            return 0;
        var (number, start) = Math.DivRem(position, SealedFile.ChunkBytes);
        if (number != chunk)
        {
            chunk = -1;
            chunkBytes = file.Read(cipher, number, plain, scratch);
            chunk = number;
        }

        var count = Math.Min(buffer.Length, chunkBytes - (int)start);
        plain.AsSpan((int)start, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A chunk comes from the disk's cache, as a rule: not worth a thread.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => file.Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            CryptographicOperations.ZeroMemory(plain);
            cipher.Dispose();
            file.ReaderEnded();
        }

        base.Dispose(disposing);
    }
}
