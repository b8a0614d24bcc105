using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Turns checks that bound one field into arguments of its generator, so that they hold by construction.</summary>
internal sealed class CheckHints(EntityDefinition entity)
{
    private readonly Dictionary<string, List<object>> choices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (decimal? Min, decimal? Max)> bounds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> after = new(StringComparer.Ordinal);

    public void Add(Expression check)
    {
        switch (check)
        {
            case Logical { IsAnd: true } all:
                foreach (var operand in all.Operands)
                    Add(operand);
                break;
            case Logical any when any.Operands.Where(operand => operand is not NullTest).ToList() is [var only]:
                // "x is null or x > 0" bounds x as "x > 0" does.
                Add(only);
                break;
            case Membership { Operand: FieldValue field } membership when membership.Items.All(item => item is Constant { Value: string or long }):
                choices[field.Name] = [.. membership.Items.Select(item => ((Constant)item).Value!)];
                break;
            case Comparison { Kind: ComparisonKind.Equal, Left: FieldValue field, Right: Constant { Value: string text } }:
                choices[field.Name] = [text];
                break;
            case Comparison comparison when Field(comparison.Left) is { } left && Number(comparison.Right) is { } number:
                Bound(left, comparison.Kind, number);
                break;
            case Comparison comparison when Field(comparison.Right) is { } right && Number(comparison.Left) is { } number:
                Bound(right, Mirrored(comparison.Kind), number);
                break;
            case Comparison { Kind: ComparisonKind.Greater or ComparisonKind.GreaterOrEqual, Left: FieldValue later, Right: FieldValue earlier } when later.Type.IsDay && earlier.Type.IsDay:
                after[later.Name] = earlier.Name;
                break;
            case Comparison { Kind: ComparisonKind.Less or ComparisonKind.LessOrEqual, Left: FieldValue earlier, Right: FieldValue later } when later.Type.IsDay && earlier.Type.IsDay:
                after[later.Name] = earlier.Name;
                break;
        }
    }

    /// <summary>The field with a generator that keeps to its checks, and the reason; null where nothing is known.</summary>
    public (FieldDefinition Field, ProposedGenerator Proposal)? Apply(FieldDefinition field)
    {
        if (field.Generator is null or "expression" or "sequence")
            return null;
        if (choices.TryGetValue(field.Name, out var values))
            return With(field, "choice", new([new("values", JsonValue.Of(values))]), "its check lists the values");
        if (after.TryGetValue(field.Name, out var earlier) && !after.ContainsKey(earlier))
            return With(field, "date.after", GeneratorProposals.Read($$"""{"of":"{{earlier}}","min":"1d","max":"30d"}"""), $"its check says that it comes after {earlier}");
        if (!bounds.TryGetValue(field.Name, out var range) || field.Type is not (FieldType.Integer or FieldType.Decimal or FieldType.Double))
            return null;
        var (min, max) = (range.Min ?? Math.Min(0, (range.Max ?? 0) - 1000), range.Max ?? Math.Max(range.Min ?? 0, 0) + 1000);
        var definition = GeneratorCatalogue.Find(field.Generator);
        var keeps = definition is not null && definition.Arguments.Any(argument => argument.Name == "min") && definition.Arguments.Any(argument => argument.Name == "max") && field.Generator.StartsWith("number.", StringComparison.Ordinal);
        var generator = keeps ? field.Generator : field.Type == FieldType.Integer ? "number.integer" : "number.decimal";
        if (keeps && field.Args["min"] is { ValueKind: JsonValueKind.Number } has && has.GetDecimal() is var own && own > min && own < max)
            min = own;
        if (keeps && field.Args["max"] is { ValueKind: JsonValueKind.Number } most && most.GetDecimal() is var ownMost && ownMost < max && ownMost > min)
            max = ownMost;
        if (field.Type == FieldType.Integer)
            (min, max) = (Math.Ceiling(min), Math.Floor(max));
        return min > max ? null : With(field, generator, GeneratorProposals.Read(string.Create(CultureInfo.InvariantCulture, $$"""{"min":{{min}},"max":{{max}}}""")), "its check bounds it");
    }

    private static (FieldDefinition Field, ProposedGenerator Proposal) With(FieldDefinition field, string generator, ArgumentValues args, string reason) =>
        (field with { Generator = generator, Args = args }, new(generator, args, reason, 0.95));

    private void Bound(FieldValue field, ComparisonKind kind, decimal number)
    {
        var definition = entity.Fields[field.Index];
        // The nearest value of the field's type on the right side of an open bound.
        var step = definition.Type == FieldType.Integer ? 1 : 1m / PowersOfTen.Long(Math.Clamp(definition.Scale ?? 2, 0, 10));
        var (min, max) = bounds.GetValueOrDefault(field.Name);
        switch (kind)
        {
            case ComparisonKind.Greater or ComparisonKind.GreaterOrEqual:
                var low = kind == ComparisonKind.Greater ? number + step : number;
                bounds[field.Name] = (min > low ? min : low, max);
                break;
            case ComparisonKind.Less or ComparisonKind.LessOrEqual:
                var high = kind == ComparisonKind.Less ? number - step : number;
                bounds[field.Name] = (min, max < high ? max : high);
                break;
            case ComparisonKind.Equal:
                bounds[field.Name] = (number, number);
                break;
        }
    }

    private static ComparisonKind Mirrored(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };

    private static FieldValue? Field(Expression expression) => expression switch
    {
        FieldValue field => field,
        Conversion conversion when conversion.Type.IsNumber => Field(conversion.Operand),
        _ => null,
    };

    private static decimal? Number(Expression expression) => expression switch
    {
        Constant { Type.Kind: FieldType.Integer, Value: long whole } => whole,
        Constant { Value: Int128 wide, Type: var type } when Int128.Abs(wide) < (Int128)decimal.MaxValue && type.Scale <= 20 => (decimal)wide / Power(type.Scale),
        Constant { Value: double number } when Math.Abs(number) < 1e20 => (decimal)number,
        Conversion conversion when conversion.Type.IsNumber => Number(conversion.Operand),
        Negation negation => -Number(negation.Operand),
        _ => null,
    };

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++)
            power *= 10;
        return power;
    }
}
