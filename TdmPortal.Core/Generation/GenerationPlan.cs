using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>
/// A document compiled for given options: any range of any entity's rows, as a pure function. Immutable and safe
/// to use from several threads at once.
/// </summary>
public sealed class GenerationPlan
{
    /// <summary>Raised whenever a change of the engine changes bytes; stored with each dataset version.</summary>
    public const int EngineVersion = 1;

    private GenerationPlan(SchemaDocument document, GenerationOptions options, IReadOnlyList<EntityPlan> entities) =>
        (Document, Options, Entities) = (document, options, entities);

    /// <summary>The document that was compiled.</summary>
    public SchemaDocument Document { get; }
    /// <summary>The options that it was compiled for.</summary>
    public GenerationOptions Options { get; }
    /// <summary>In an order that loads: parents before children, except over the nullable edge of a cycle.</summary>
    public IReadOnlyList<EntityPlan> Entities { get; }

    /// <summary>Validates and compiles. Never throws for a bad document: the problems say what is wrong.</summary>
    public static CompilationResult Compile(SchemaDocument document, GenerationOptions options) => throw new NotImplementedException();

    /// <summary>
    /// Writes rows [<paramref name="firstRow"/>, <paramref name="firstRow"/> + <paramref name="count"/>) of an entity in a format
    /// (header or opening bracket and their ends included), in constant memory, at a cost that does not depend on firstRow.
    /// </summary>
    /// <param name="progress">Called now and then with the number of rows written so far.</param>
    public void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, Action<long>? progress = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>A few rows as text, for people.</summary>
    public PreviewRows Preview(EntityPlan entity, long firstRow, int count, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>
    /// The first <paramref name="count"/> rows of the child over <paramref name="relationship"/> whose parent is row
    /// <paramref name="parentRow"/>; found backwards, without walking the child.
    /// </summary>
    public PreviewRows PreviewChildren(string relationship, long parentRow, int count, CancellationToken cancellation = default) => throw new NotImplementedException();
}
