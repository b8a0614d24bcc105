using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// Stored rows as files, streamed: the server's binary COPY is transcoded batch by batch and goes out as fast as the
/// receiver takes it. Transcoding is synchronous and has a thread of its own; a pipe of bounded size lies between.
/// </summary>
public sealed class RowExporter(PortalDatabase database)
{
    private static readonly PipeOptions PipeOptions = new(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, minimumSegmentSize: 1 << 16, useSynchronizationContext: false);

    /// <summary>One entity's rows as the grid shows them: its filters, columns and order.</summary>
    /// <param name="connection">Inside a transaction, under the role that may read the rows.</param>
    internal static Task ExportAsync(NpgsqlConnection connection, StoredVersion version, DatasetEntity entity, RowQuery query, RowFormat format, Stream output, CancellationToken cancellation) =>
        PumpAsync(stream => Write(connection, new RowSelect(version, entity, query), format, stream, cancellation), output, cancellation);

    /// <summary>All entities: a .zip with a file each, or one SQL script that makes tables, rows and keys.</summary>
    /// <param name="connection">Inside a transaction, so that all entities are of one moment.</param>
    internal static Task ExportAllAsync(NpgsqlConnection connection, StoredVersion version, GenerationPlan plan, RowFormat format, Stream output, CancellationToken cancellation) => PumpAsync(stream =>
    {
        if (ExportNames.IsSql(format))
            WriteScript(connection, version, plan, format, stream, cancellation);
        else
            WriteArchive(connection, version, format, stream, cancellation);
    }, output, cancellation);

    /// <summary>For the job that made the version, before it is anyone's to read.</summary>
    internal Task ExportAllAsync(StoredVersion version, GenerationPlan plan, RowFormat format, Stream output, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        await ExportAllAsync(connection, version, plan, format, output, token);
        return true;
    }, cancellation);

    private static void WriteArchive(NpgsqlConnection connection, StoredVersion version, RowFormat format, Stream output, CancellationToken cancellation)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entity in version.Entities)
        {
            using var file = archive.CreateEntry($"{entity.Name}.{ExportNames.Extension(format)}", CompressionLevel.Fastest).Open();
            Write(connection, new RowSelect(version, entity, new RowQuery()), format, file, cancellation);
        }
    }

    private static void WriteScript(NpgsqlConnection connection, StoredVersion version, GenerationPlan plan, RowFormat format, Stream output, CancellationToken cancellation)
    {
        foreach (var statement in SqlSchema.CreateTables(plan, null))
            WriteStatement(output, statement);
        foreach (var entity in plan.Entities)
        {
            Write(connection, new RowSelect(version, version.Entity(entity.Name).Entity, new RowQuery()), format, output, cancellation, SqlSchema.TableName(entity.Definition, null));
            output.WriteByte((byte)'\n');
        }

        foreach (var statement in SqlSchema.AddKeys(plan, null))
            WriteStatement(output, statement);
    }

    private static void WriteStatement(Stream output, string statement) => output.Write(Encoding.UTF8.GetBytes(statement.EndsWith(';') ? statement + "\n" : statement + ";\n"));

    private static void Write(NpgsqlConnection connection, RowSelect select, RowFormat format, Stream output, CancellationToken cancellation, string? tableName = null)
    {
        var values = new SqlValues(asSettings: true);
        var where = select.Where(values);
        values.Set(connection);
        // Rows lie nearly in order of their numbers: reading them through that index beats sorting them all.
        using (var settings = new NpgsqlCommand($"SET LOCAL statement_timeout = 0; SET LOCAL enable_sort = {(select.Order.Column is null ? "off" : "on")}", connection))
            settings.ExecuteNonQuery();
        var columns = string.Join(", ", select.Columns.Select(ColumnSql.Name));
        using var rows = connection.BeginRawBinaryCopy($"COPY (SELECT {columns} FROM {select.Table}{(where.Length > 0 ? " WHERE " + where : "")} ORDER BY {select.Order.Clause}) TO STDOUT (FORMAT binary)");
        try
        {
            RowTranscoder.Transcode(rows, tableName ?? SqlSchema.Quote(select.Entity.Name), select.Columns, format, output, cancellation);
        }
        catch
        {
            rows.Cancel();
            throw;
        }
    }

    private static async Task PumpAsync(Action<Stream> write, Stream output, CancellationToken cancellation)
    {
        var pipe = new Pipe(PipeOptions);
        var writing = Task.Run(() =>
        {
            try
            {
                using (var buffered = new BufferedStream(pipe.Writer.AsStream(leaveOpen: true), 1 << 16))
                    write(buffered);
                pipe.Writer.Complete();
            }
            catch (Exception error)
            {
                pipe.Writer.Complete(error);
                throw;
            }
        }, CancellationToken.None);
        try
        {
            await pipe.Reader.CopyToAsync(output, cancellation);
        }
        catch (Exception error)
        {
            // The writer fails at its next write, and so lets go of the connection before we do.
            await pipe.Reader.CompleteAsync(error);
            await writing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        await writing;
    }
}
