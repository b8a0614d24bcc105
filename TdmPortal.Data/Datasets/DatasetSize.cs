using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>How much disk a plan's rows take, from a few rows of each entity and what PostgreSQL adds to them.</summary>
public static class DatasetSize
{
    private const int SampleRows = 200;
    // A row's header, line pointer, alignment and our row number; COPY's own lengths (4 a field, 2 a row) come off again.
    private const int RowOverhead = 44;
    private const int IndexEntry = 24;

    /// <summary>Bytes of tables and keys, within about a fifth.</summary>
    public static long Estimate(GenerationPlan plan, CancellationToken cancellation = default)
    {
        var total = 0.0;
        foreach (var entity in plan.Entities)
        {
            if (entity.Rows == 0)
                continue;
            // From the middle: the first rows of a sequence are the shortest.
            var sample = Math.Min(SampleRows, entity.Rows);
            using var counter = new CountingStream();
            plan.Write(entity, (entity.Rows - sample) / 2, sample, RowFormat.PostgresBinary, counter, null, cancellation);
            var row = (counter.Length / (double)sample) - (4 * entity.Columns.Count) - 2 + RowOverhead;
            var keys = 1 + (entity.Definition.PrimaryKey.Count > 0 ? 1 : 0) + entity.Definition.Unique.Count + entity.Definition.Fields.Count(field => field.Unique);
            total += entity.Rows * (row + (keys * IndexEntry));
        }

        return (long)Math.Min(total, long.MaxValue / 4);
    }

    private sealed class CountingStream : Stream
    {
        private long length;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => length;
        public override long Position { get => length; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => length += count;
        public override void Write(ReadOnlySpan<byte> buffer) => length += buffer.Length;
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
