using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>A field as the engine runs it: exactly one of source, parent, expression and within says where its values come from.</summary>
internal sealed class FieldNode
{
    public required int Index { get; init; }
    public required FieldDefinition Definition { get; init; }
    public required ulong Key { get; init; }
    public required ulong NullKey { get; init; }

    public string Name => Definition.Name;

    /// <summary>A generator of the catalogue.</summary>
    public ValueSource? Source { get; set; }

    /// <summary>What the source reads beside its own row.</summary>
    public List<(LinkNode? Link, int Field)> References { get; } = [];

    /// <summary>Whether the source gives each row another value.</summary>
    public bool Unique { get; set; }

    /// <summary>Set when it is unique only together with others.</summary>
    public CompositeKey? Composite { get; set; }

    /// <summary>Set when its random numbers go together with those of other fields.</summary>
    public CorrelatedRanks? Correlated { get; set; }

    /// <summary>The relationship that fills it, and the parent's field.</summary>
    public LinkNode? FilledBy { get; set; }

    public int ParentField { get; set; }

    /// <summary>An expression of the field's own type.</summary>
    public Expression? Expression { get; set; }

    /// <summary>Counts within the parent over this relationship.</summary>
    public LinkNode? Within { get; set; }

    public long Start { get; set; } = 1;

    public long Step { get; set; } = 1;

    /// <summary>Condition, as typed expression; where it is not true the value is null.</summary>
    public Expression? When { get; set; }

    public ulong NullThreshold { get; set; }

    /// <summary>Text beyond this many code points is cut; null where it cannot be longer.</summary>
    public int? CutAt { get; set; }

    /// <summary>The checks for which it may have to be drawn again.</summary>
    public CheckGroup? Group { get; set; }

    /// <summary>Whether a null can occur.</summary>
    public bool Nullable { get; set; }
}
