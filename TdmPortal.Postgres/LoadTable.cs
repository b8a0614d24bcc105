using TdmPortal.Core.Quality;

namespace TdmPortal.Postgres;

/// <summary>A table and what goes into it.</summary>
/// <param name="Key">Columns of the table by which a row is found again; empty where there is no such key.</param>
internal sealed record LoadTable(SourceEntity Entity, ServerTable Server, IReadOnlyList<LoadColumn> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Binary where all columns can, else text.</summary>
    public bool Binary => Columns.All(column => column.IsBinary);

    /// <summary>Tables that point to each other and can only come in by one statement, this one among them; null: by its own COPY.</summary>
    public IReadOnlyList<LoadTable>? Together { get; set; }

    /// <summary>Columns that stay null until the tables that they point to are there.</summary>
    public HashSet<string> Later { get; } = new(StringComparer.Ordinal);
}
