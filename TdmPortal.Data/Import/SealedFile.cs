using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Import;

/// <summary>
/// Bytes on disk that only this process can read: chunks under AES-256-GCM with a random key that is in memory alone. The
/// file has no name from the moment it is opened, where the system can do that, so it is gone with the process, however
/// that ends; what is left of it on the disk is noise.
/// </summary>
/// <remarks>
/// A chunk's nonce is its number, which is safe because the key is for one file that is written once, front to back. The
/// number is authenticated too, and the length is in memory: chunks cannot be exchanged, left out or cut off unnoticed.
/// </remarks>
public sealed class SealedFile : IDisposable
{
    /// <summary>Bytes of a chunk before sealing.</summary>
    internal const int ChunkBytes = 64 * 1024;
    private const int TagBytes = 16, NonceBytes = 12;

    private readonly SafeFileHandle file;
    // Pinned, so that the collector leaves no copies of it behind.
    private readonly byte[] key = GC.AllocateUninitializedArray<byte>(32, pinned: true);
    private readonly Lock gate = new();
    private int readers;
    private bool disposed;

    private SealedFile(SafeFileHandle file)
    {
        this.file = file;
        RandomNumberGenerator.Fill(key);
    }

    /// <summary>Bytes that were written.</summary>
    public long Length { get; private set; }

    /// <summary>Takes in a stream to its end.</summary>
    /// <param name="folder">Is made where it is missing.</param>
    /// <param name="taken">Called with the number of bytes so far before each chunk is written; throws to refuse.</param>
    public static async Task<SealedFile> WriteAsync(string folder, Stream content, Action<long> taken, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var sealing = new SealedFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.Asynchronous));
        var plain = GC.AllocateUninitializedArray<byte>(ChunkBytes, pinned: true);
        try
        {
            File.Delete(path);
            using var cipher = new AesGcm(sealing.key, TagBytes);
            var chunk = new byte[ChunkBytes + TagBytes];
            for (long number = 0; ; number++)
            {
                var count = await content.ReadAtLeastAsync(plain, ChunkBytes, throwOnEndOfStream: false, cancellation);
                if (count == 0)
                    return sealing;
                taken(sealing.Length + count);
                Seal(cipher, number, plain.AsSpan(0, count), chunk);
                await RandomAccess.WriteAsync(sealing.file, chunk.AsMemory(0, count + TagBytes), number * (ChunkBytes + TagBytes), cancellation);
                sealing.Length += count;
                if (count < ChunkBytes)
                    return sealing;
            }
        }
        catch
        {
            sealing.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Reads from the beginning; several readers may be open at a time, each for one thread.</summary>
    /// <exception cref="ObjectDisposedException"/>
    public Stream Open()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            readers++;
        }

        return new SealedStream(this);
    }

    /// <summary>Ends it: at once for new readers, and for the last of the open ones its bytes and its key.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
            if (readers > 0)
                return;
        }

        End();
    }

    /// <summary>Bytes on the disk.</summary>
    internal long SealedLength => RandomAccess.GetLength(file);

    /// <summary>What is on the disk.</summary>
    internal void ReadSealed(Span<byte> bytes) => RandomAccess.Read(file, bytes, 0);

    /// <summary>Changes a byte on the disk, as a failing disk would.</summary>
    internal void Damage(long at)
    {
        Span<byte> one = stackalloc byte[1];
        RandomAccess.Read(file, one, at);
        one[0] ^= 1;
        RandomAccess.Write(file, one, at);
    }

    internal AesGcm Cipher() => new(key, TagBytes);

    /// <summary>Opens a chunk.</summary>
    /// <param name="scratch">At least a chunk and its tag.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="PortalException">upload.damaged: the bytes on the disk are not those that were written.</exception>
    internal int Read(AesGcm cipher, long number, Span<byte> plain, Span<byte> scratch)
    {
        var count = (int)Math.Min(ChunkBytes, Length - (number * ChunkBytes));
        var whole = scratch[..(count + TagBytes)];
        var read = 0;
        for (int part; read < whole.Length && (part = RandomAccess.Read(file, whole[read..], (number * (ChunkBytes + TagBytes)) + read)) > 0;)
            read += part;
        try
        {
            if (read < whole.Length)
                throw new InvalidDataException("It is shorter than it was written.");
            Span<byte> nonce = stackalloc byte[NonceBytes];
            Nonce(number, nonce);
            cipher.Decrypt(nonce, whole[..count], whole[count..], plain[..count], nonce);
        }
        catch (Exception fault) when (fault is CryptographicException or InvalidDataException)
        {
            throw new PortalException("upload.damaged", "The uploaded file was damaged on the portal's disk.", fault) { SuggestedActions = ["Upload it again", "Ask an administrator to look at the disk"] };
        }

        return count;
    }

    internal void ReaderEnded()
    {
        lock (gate)
        {
            if (--readers > 0 || !disposed)
                return;
        }

        End();
    }

    private static void Seal(AesGcm cipher, long number, ReadOnlySpan<byte> plain, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Nonce(number, nonce);
        cipher.Encrypt(nonce, plain, chunk[..plain.Length], chunk.Slice(plain.Length, TagBytes), nonce);
    }

    private static void Nonce(long number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(NonceBytes - sizeof(long))..], number);
    }

    private void End()
    {
        file.Dispose();
        CryptographicOperations.ZeroMemory(key);
    }
}
