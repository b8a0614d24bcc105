using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>A check as the engine runs it.</summary>
internal sealed record CheckNode(ConstraintDefinition Definition, int Position, Expression Condition);
