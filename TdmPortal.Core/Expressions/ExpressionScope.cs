using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>The names that an expression may use.</summary>
internal abstract class ExpressionScope
{
    /// <summary>For messages: the entity's name.</summary>
    public abstract string Name { get; }

    public abstract IEnumerable<string> FieldNames { get; }

    public abstract FieldValue? Field(string name);

    /// <summary>A relationship whose child is this entity, with the parent's scope.</summary>
    public virtual (RelationshipDefinition Relationship, ExpressionScope Parent)? Parent(string relationship) => null;

    /// <summary>A relationship whose parent is this entity, with the child's scope.</summary>
    public virtual (RelationshipDefinition Relationship, ExpressionScope Child)? Children(string relationship) => null;

    public virtual IEnumerable<string> ParentRelationships => [];

    public virtual IEnumerable<string> ChildRelationships => [];
}
