using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>
/// A document compiled for given options: any range of any entity's rows, as a pure function. Immutable and safe
/// to use from several threads at once.
/// </summary>
public sealed class GenerationPlan
{
    /// <summary>Raised whenever a change of the engine changes bytes; stored with each dataset version.</summary>
    public const int EngineVersion = 2;

    private static readonly IReadOnlySet<int> LeaveNone = new HashSet<int>();
    private readonly IReadOnlyList<LinkNode> links;
    private readonly WorkspacePool workspaces;

    private GenerationPlan(SchemaDocument document, GenerationOptions options, PlanCompiler compiler)
    {
        (Document, Options, links) = (document, options, compiler.Links);
        workspaces = new(compiler.Entities.Length);
        Entities = LoadOrder.Of(compiler.Entities, ColumnDescriptions.Of);
    }

    /// <summary>The document that was compiled.</summary>
    public SchemaDocument Document { get; }

    /// <summary>The options that it was compiled for.</summary>
    public GenerationOptions Options { get; }

    /// <summary>In an order that loads: parents before children, except over the nullable edge of a cycle.</summary>
    public IReadOnlyList<EntityPlan> Entities { get; }

    /// <summary>Relationships whose parent comes later in <see cref="Entities"/>: the nullable edges of cycles.</summary>
    internal IEnumerable<LinkNode> Backward => links.Where(link => Position(link.Child) < Position(link.Parent));

    /// <summary>Validates and compiles. Never throws for a bad document: the problems say what is wrong.</summary>
    public static CompilationResult Compile(SchemaDocument document, GenerationOptions options)
    {
        var problems = SchemaValidator.Validate(document);
        if (problems.Any(problem => problem.Severity == ProblemSeverity.Error))
            return new(null, problems);
        var compiler = new PlanCompiler(document, options);
        var compiled = compiler.Compile();
        return new(compiled ? new(document, options, compiler) : null, [.. problems, .. compiler.Problems.Except(problems)]);
    }

    /// <summary>The entity of that name.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public EntityPlan Entity(string name) => Entities.FirstOrDefault(entity => entity.Name == name) ?? throw new NotFoundException($"Entity {name}");

    /// <summary>
    /// Writes rows [<paramref name="firstRow"/>, <paramref name="firstRow"/> + <paramref name="count"/>) of an entity in a format
    /// (header or opening bracket and their ends included), in constant memory, at a cost that does not depend on firstRow.
    /// </summary>
    /// <param name="progress">Called now and then with the number of rows written so far.</param>
    public void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Write(entity, firstRow, count, format, output, threads: 1, progress, cancellation);

    /// <summary>As the other, by several threads; the bytes are the same for any number of them.</summary>
    public void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, int threads, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Write(entity, firstRow, count, format, output, LeaveNone, threads, progress, cancellation);

    /// <summary>As the other, by one thread, with passes looking at the rows on their way.</summary>
    /// <param name="passes">Segments that the rows belong to.</param>
    public void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, IReadOnlyList<SegmentPass> passes, Action<long>? progress, CancellationToken cancellation) =>
        Write(entity, firstRow, count, format, output, LeaveNone, 1, passes, progress, cancellation);

    /// <summary>As the other, with some fields left null.</summary>
    internal void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, IReadOnlySet<int> leftNull, int threads, Action<long>? progress, CancellationToken cancellation) =>
        Write(entity, firstRow, count, format, output, leftNull, threads, [], progress, cancellation);

    private void Write(EntityPlan entity, long firstRow, long count, RowFormat format, Stream output, IReadOnlySet<int> leftNull, int threads, IReadOnlyList<SegmentPass> passes, Action<long>? progress, CancellationToken cancellation)
    {
        Check(entity, firstRow, count);
        var columns = format is RowFormat.PostgresBinary or RowFormat.NumberedPostgresBinary
            ? [.. entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) })]
            : entity.Columns;
        new RangeWriter(workspaces, entity.Node, firstRow, count, leftNull, passes, () => RowWriter.For(format, SqlSchema.TableName(entity.Definition, null), columns, firstRow))
            .Write(output, threads, progress, cancellation);
    }

    /// <summary>A few rows as text, for people.</summary>
    public PreviewRows Preview(EntityPlan entity, long firstRow, int count, CancellationToken cancellation = default)
    {
        count = (int)Math.Clamp(entity.Rows - firstRow, 0, count);
        Check(entity, firstRow, count);
        cancellation.ThrowIfCancellationRequested();
        var rows = new long[count];
        for (var i = 0; i < count; i++)
            rows[i] = firstRow + i;
        return Preview(entity, firstRow, rows);
    }

    /// <summary>
    /// The first <paramref name="count"/> rows of the child over <paramref name="relationship"/> whose parent is row
    /// <paramref name="parentRow"/>; found backwards, without walking the child.
    /// </summary>
    public PreviewRows PreviewChildren(string relationship, long parentRow, int count, CancellationToken cancellation = default)
    {
        var link = links.FirstOrDefault(link => link.Name == relationship) ?? throw new NotFoundException($"Relationship {relationship}");
        if (parentRow < 0 || parentRow >= link.Parent.Rows)
            throw new NotFoundException($"Row {parentRow} of {link.Parent.Definition.Name}");
        cancellation.ThrowIfCancellationRequested();
        var rows = new long[count];
        var cursor = default(ChildCursor);
        var found = 0;
        for (int more; found < count && (more = link.Link.ChildrenOf(parentRow, ref cursor, rows.AsSpan(found))) > 0;)
            found += more;
        return Preview(Entity(link.Child.Definition.Name), found == 0 ? 0 : rows[0], rows[..found]);
    }

    /// <summary>What one thread needs to read rows; give it back with <see cref="Return"/>.</summary>
    internal Workspace RentWorkspace() => workspaces.Rent();

    internal void Return(Workspace workspace) => workspaces.Return(workspace);

    /// <summary>Calls <paramref name="use"/> with a frame over some rows.</summary>
    internal T Read<T>(EntityPlan entity, ReadOnlySpan<long> rows, Func<Frame, T> use)
    {
        var workspace = workspaces.Rent();
        var frame = workspace.Rent(entity.Node, rows);
        var result = use(frame);
        workspace.Return(frame);
        workspaces.Return(workspace);
        return result;
    }

    private PreviewRows Preview(EntityPlan entity, long firstRow, long[] rows)
    {
        var cells = Read(entity, rows, frame =>
        {
            var lines = new List<IReadOnlyList<string?>>(frame.Count);
            for (var row = 0; row < frame.Count; row++)
                lines.Add([.. entity.Columns.Select((column, c) => CellText.Of(frame.Get(c), row, column))]);
            return lines;
        });
        return new(firstRow, entity.Rows, entity.Columns, rows, cells);
    }

    private int Position(EntityNode node) => Entities.Select((entity, i) => (entity, i)).First(pair => pair.entity.Node == node).i;

    private static void Check(EntityPlan entity, long firstRow, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > entity.Rows - firstRow)
            throw new PortalException("generation.range", $"{entity.Name} has {entity.Rows} rows; rows {firstRow} to {firstRow + count - 1} were asked for.") { SuggestedActions = [entity.Rows == 0 ? "Give it rows" : $"Ask for rows 0 to {entity.Rows - 1}"] };
    }
}
