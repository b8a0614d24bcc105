using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>What becomes of the columns of an entity. Immutable.</summary>
/// <param name="columns">One for each column of the entity; null: it stays.</param>
/// <param name="order">Places of masked columns, those before others that follow them.</param>
/// <param name="collecting">What looks at the entity for maskers of other entities.</param>
internal sealed class EntityMask(ColumnMask?[] columns, int[] order, IEnumerable<RowPass> collecting)
{
    /// <summary>What becomes of a column; null: it stays.</summary>
    public ColumnMask? this[int place] => columns[place];

    /// <summary>Passes that must be through before the first row is masked.</summary>
    public IReadOnlyList<RowPass> Preparations { get; } = [.. columns.Where(column => column is not null).Select(column => column!.Masker.Preparation(column.Place) is { } pass ? new KeptAsNull(pass, column) : null).OfType<RowPass>(), .. collecting];

    /// <summary>The masked columns that are needed for those that are asked for, in the order in which they are worked out.</summary>
    public List<ColumnMask> Needed(IEnumerable<int> places)
    {
        var needed = new HashSet<int>();
        var open = new Stack<int>(places);
        while (open.TryPop(out var place))
        {
            if (columns[place] is not { } column || !needed.Add(place))
                continue;
            foreach (var companion in column.Companions.Where(companion => companion.Masked))
                open.Push(companion.Column);
        }

        return [.. order.Where(needed.Contains).Select(place => columns[place]!)];
    }

    /// <summary>Places of the originals that a masked column reads.</summary>
    public IEnumerable<int> Originals(ColumnMask column) =>
        column.Companions.Where(companion => !companion.Masked || columns[companion.Column] is null).Select(companion => companion.Column)
            .Concat(column.Fields.Where(place => place >= 0)).Append(column.Place);
}
