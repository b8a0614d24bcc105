namespace TdmPortal.Core.Generators;

/// <summary>What an argument takes; decides its control in the form and its check at validation.</summary>
public enum ArgumentKind
{
    /// <summary>A whole number.</summary>
    Integer,
    /// <summary>A number.</summary>
    Number,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>One line of text.</summary>
    Text,
    /// <summary>One of <see cref="ArgumentDefinition.Options"/>.</summary>
    Option,
    /// <summary>A date, instant or relative date (<c>now-2y</c>).</summary>
    Date,
    /// <summary>A duration (<c>30d</c>, <c>12h</c>).</summary>
    Duration,
    /// <summary>A regular expression.</summary>
    Regex,
    /// <summary>A template with <c>{field}</c> and <c>{###}</c>.</summary>
    Template,
    /// <summary>An expression of the schema's language.</summary>
    Expression,
    /// <summary>The name of a field of the same entity, or <c>parent(relationship).field</c>.</summary>
    Field,
    /// <summary>The name of a relationship of which this entity is the child.</summary>
    Relationship,
    /// <summary>A list of values, or a map from value to weight.</summary>
    Choices,
    /// <summary>A map from a field's value to <see cref="Choices"/>.</summary>
    Cases,
    /// <summary>A list of numbers.</summary>
    Numbers,
    /// <summary>A map from name to value.</summary>
    Map,
    /// <summary>One value of the field's own type.</summary>
    Value,
    /// <summary>Any JSON.</summary>
    Json,
}
