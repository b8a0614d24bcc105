using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>Some rows in the form of PostgreSQL's COPY, for blocks that are made apart from each other and sent in order.</summary>
/// <param name="columns">For binary, with the server's type of each as <see cref="ColumnDescription.SqlType"/>.</param>
/// <param name="binary">Binary form, else text.</param>
public sealed class PostgresCopyBlock(IReadOnlyList<ColumnDescription> columns, bool binary)
{
    private readonly ByteBuffer buffer = new();
    private readonly RowWriter writer = RowWriter.For(binary ? RowFormat.PostgresBinary : RowFormat.SqlCopy, "", columns, 0);

    /// <summary>What was added so far.</summary>
    public ReadOnlySpan<byte> Written => buffer.Written;

    /// <summary>What goes before the first block.</summary>
    public void Begin()
    {
        if (binary)
            writer.Begin(buffer);
    }

    /// <summary>Rows of a batch.</summary>
    /// <exception cref="PortalException">generation.out_of_range</exception>
    public void Add(ReadOnlySpan<Column> batch, int count) => writer.Write(buffer, batch, count, 0);

    /// <summary>What goes behind the last block.</summary>
    public void End()
    {
        if (binary)
            writer.End(buffer, 0);
    }

    /// <summary>Takes all that was added away.</summary>
    public void Clear() => buffer.Clear();
}
