using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Rows whose values were read from somewhere; what stands in parents and children was looked up before.</summary>
internal sealed class GivenRows(Workspace workspace) : ExpressionRows
{
    private readonly Dictionary<Expression, Column> related = [];
    private IReadOnlyList<Column?> columns = [];
    private int[] places = [];

    public override Workspace Workspace => workspace;

    public void Load(IReadOnlyList<Column?> given, int[] placesOfFields, int count)
    {
        (columns, places, Count) = (given, placesOfFields, count);
        related.Clear();
    }

    /// <summary>The source's columns as they were given.</summary>
    public IReadOnlyList<Column?> Columns => columns;

    /// <summary>Says what a node that names a relationship gives.</summary>
    public void Relate(Expression node, Column values) => related[node] = values;

    public override Column Get(int field) => columns[places[field]] ?? throw new InvalidOperationException("a field that was not asked for");

    public override Column OfParent(ParentValue value) => related[value];

    public override Column OfChildren(Aggregate node) => related[node];

    public override ExpressionRows Part(ReadOnlySpan<int> wanted)
    {
        var rows = wanted.ToArray();
        var part = new GivenRows(workspace);
        part.Load([.. columns.Select(column => column is null ? null : Picked(column, rows))], places, rows.Length);
        foreach (var (node, values) in related)
            part.Relate(node, Picked(values, rows));
        return part;
    }

    private static Column Picked(Column column, int[] rows)
    {
        Column picked = column switch
        {
            LongColumn => new LongColumn(),
            WideColumn => new WideColumn(),
            DoubleColumn => new DoubleColumn(),
            TextColumn => new TextColumn(),
            ArrayColumn array => new ArrayColumn(Picked(array.Elements, [])),
            _ => throw new NotSupportedException(column.GetType().Name),
        };
        picked.Gather(column, rows);
        return picked;
    }
}
