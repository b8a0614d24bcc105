using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>A check: what is known of it, and how a rule with it becomes work.</summary>
internal sealed record Check(CheckDefinition Definition)
{
    public static readonly IReadOnlyList<FieldType> Texts = [FieldType.String];
    public static readonly IReadOnlyList<FieldType> Numbers = [FieldType.Integer, FieldType.Decimal, FieldType.Double];
    public static readonly IReadOnlyList<FieldType> Days = [FieldType.Date, FieldType.Timestamp];

    /// <summary>Whatever has an order.</summary>
    public static readonly IReadOnlyList<FieldType> Ordered = [FieldType.Integer, FieldType.Decimal, FieldType.Double, FieldType.String, FieldType.Date, FieldType.Time, FieldType.Timestamp];

    /// <summary>Whatever can be compared.</summary>
    public static readonly IReadOnlyList<FieldType> Comparable = [.. Ordered, FieldType.Boolean, FieldType.Uuid];

    /// <summary>Reads the rule's arguments; reports what is wrong with them and gives null then.</summary>
    public required Func<RuleContext, RuleWork?> Bind { get; init; }

    /// <summary>Short form of a definition over one column.</summary>
    public static CheckDefinition Define(string name, RuleKind kind, string title, string summary, string synonyms, IReadOnlyList<FieldType>? types = null, params ArgumentDefinition[] arguments) => new()
    {
        Name = name,
        Kind = kind,
        Title = title,
        Summary = summary,
        Types = types ?? [],
        Arguments = arguments,
        Synonyms = synonyms.Split(", ", StringSplitOptions.RemoveEmptyEntries),
    };
}
