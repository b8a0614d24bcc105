using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>A check as the engine runs it.</summary>
/// <param name="Path">Where it stands, for problems.</param>
internal sealed record CheckNode(ConstraintDefinition Definition, string Path, Expression Condition)
{
    /// <summary>
    /// Of a scenario: the rows in which the condition must be true (null will not do); elsewhere it may be as it likes.
    /// Null: a check, which no row may break.
    /// </summary>
    public IReadOnlySet<long>? Only { get; init; }
}
