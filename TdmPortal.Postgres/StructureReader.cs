using Npgsql;
using TdmPortal.Core.Import;

namespace TdmPortal.Postgres;

/// <summary>Reads what a database says of its tables: a few statements whatever the number of tables, and no row of them.</summary>
public static class StructureReader
{
    /// <summary>Structure without any value: statistics say shares and counts only.</summary>
    /// <param name="connection">Open; a transaction of its own is not needed and one that is open is not disturbed.</param>
    /// <param name="schemas">Names as they are; null: all that are not the server's own.</param>
    /// <param name="tables">Names as they are, alone or as <c>schema.table</c>; null: all.</param>
    /// <exception cref="PostgresException">The server refuses.</exception>
    public static Task<DatabaseStructure> ReadAsync(NpgsqlConnection connection, IReadOnlyList<string>? schemas, IReadOnlyList<string>? tables, CancellationToken cancellationToken) =>
        ReadAsync(connection, schemas, tables, withValues: false, cancellationToken);

    /// <inheritdoc cref="ReadAsync(NpgsqlConnection, IReadOnlyList{string}?, IReadOnlyList{string}?, CancellationToken)"/>
    /// <param name="withValues">Whether the server's most common values may be read too; they may be personal.</param>
    public static async Task<DatabaseStructure> ReadAsync(NpgsqlConnection connection, IReadOnlyList<string>? schemas, IReadOnlyList<string>? tables, bool withValues, CancellationToken cancellationToken)
    {
        var answers = new StructureRows();
        // The tables first, since everything else is asked by their numbers.
        await using (var batch = new NpgsqlBatch(connection))
        {
            Add(batch, StructureQueries.QualifiedNames);
            Add(batch, StructureQueries.EmptyPath);
            Add(batch, StructureQueries.Tables, Names(schemas), Names(tables));
            Add(batch, StructureQueries.PathAsItWas);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await Skip(reader, 2, cancellationToken).ConfigureAwait(false);
            await Each(reader, answers.Table, cancellationToken).ConfigureAwait(false);
        }

        await using (var batch = new NpgsqlBatch(connection))
        {
            long[] all = [.. answers.All], roots = [.. answers.Roots];
            Add(batch, StructureQueries.QualifiedNames);
            Add(batch, StructureQueries.EmptyPath);
            Add(batch, StructureQueries.Columns, Value(roots), Value(withValues));
            Add(batch, StructureQueries.Constraints, Value(all), Value(roots));
            Add(batch, StructureQueries.UniqueIndexes, Value(all));
            Add(batch, StructureQueries.Types, Value(roots));
            Add(batch, StructureQueries.Attributes, Value(roots));
            Add(batch, StructureQueries.PathAsItWas);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await Skip(reader, 2, cancellationToken).ConfigureAwait(false);
            Action<NpgsqlDataReader>[] takers = [answers.Column, answers.Constraint, answers.UniqueIndex, answers.Type, answers.Attribute];
            foreach (var take in takers)
            {
                await Each(reader, take, cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return answers.ToStructure();
    }

    private static async Task Each(NpgsqlDataReader reader, Action<NpgsqlDataReader> take, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            take(reader);
    }

    private static async Task Skip(NpgsqlDataReader reader, int results, CancellationToken cancellationToken)
    {
        for (var i = 0; i < results; i++)
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlParameter Names(IReadOnlyList<string>? names) => new() { Value = names is null ? DBNull.Value : names.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text };

    private static void Add(NpgsqlBatch batch, string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }
}
