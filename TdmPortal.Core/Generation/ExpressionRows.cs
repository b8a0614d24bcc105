using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Generation;

/// <summary>Rows of one entity that expressions are evaluated over, wherever their values come from: computed (<see cref="Frame"/>) or given.</summary>
internal abstract class ExpressionRows
{
    /// <summary>How many rows there are.</summary>
    public int Count { get; protected set; }

    /// <summary>Where scratch columns come from.</summary>
    public abstract Workspace Workspace { get; }

    /// <summary>The values of a field; not to be written to.</summary>
    public abstract Column Get(int field);

    /// <summary>What stands in each row's parent; null where there is none.</summary>
    public abstract Column OfParent(ParentValue value);

    /// <summary>What each row's children come to.</summary>
    public abstract Column OfChildren(Aggregate node);

    /// <summary>Some of the rows; lives as long as these do.</summary>
    public abstract ExpressionRows Part(ReadOnlySpan<int> places);
}
