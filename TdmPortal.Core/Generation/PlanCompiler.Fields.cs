using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Makes each field's source ready.</summary>
internal sealed partial class PlanCompiler
{
    private void MakeFields()
    {
        foreach (var entity in entities)
        {
            foreach (var field in entity.Fields)
                MakeField(entity, field);
        }
    }

    private void MakeField(EntityNode entity, FieldNode field)
    {
        var definition = field.Definition;
        if (definition.When is { } when)
            field.When = Checked(CheckedExpression.Condition(when, Scope(entity)), $"{Path(entity, field)}.when", Name(entity, field));
        if (definition.MaxLength is { } length && definition.Type == FieldType.String)
            field.CutAt = length;
        if (field.FilledBy is not null)
        {
            if (field.When is not null || field.NullThreshold > 0)
                Unsupported(Path(entity, field), $"{Name(entity, field)}: a field that a relationship fills takes neither when nor nullPercent of its own", "Give the relationship a nullPercent");
            return;
        }

        if (definition.Generator == "expression" && definition.Array is null)
        {
            if (definition.Args["value"] is { } text)
                field.Expression = Checked(CheckedExpression.Assignment(Literals.Text(text), Scope(entity), ExpressionType.Of(definition)), $"{Path(entity, field)}.args.value", Name(entity, field));
            return;
        }

        if (definition.Generator == "sequence" && definition.Args["within"] is { } within)
        {
            MakeWithin(entity, field, Literals.Text(within));
            return;
        }

        MakeSource(entity, field);
    }

    private void MakeWithin(EntityNode entity, FieldNode field, string name)
    {
        field.Within = entity.Parents.First(link => link.Name == name);
        field.Start = field.Definition.Args["start"] is { } start && start.TryGetInt64(out var first) ? first : 1;
        field.Step = field.Definition.Args["step"] is { } step && step.TryGetInt64(out var by) ? by : 1;
        if (field.Within.Link.IsOptional && entity.Definition.PrimaryKey.Contains(field.Name, StringComparer.Ordinal))
            Add($"{Path(entity, field)}.args.within", "schema.key", $"{Name(entity, field)} belongs to the primary key, but {name} may be null, and then there is nothing to count within", $"Take the nulls from {name}", "Count without within");
        else if (field.Definition.Type is not (FieldType.Integer or FieldType.Double))
            Unsupported(Path(entity, field), $"{Name(entity, field)}: a sequence within a relationship is an integer");
    }

    private void MakeSource(EntityNode entity, FieldNode field)
    {
        var definition = field.Definition;
        var generator = GeneratorCatalogue.Find(definition.Generator!)!;
        var context = new PlanSourceContext(this, entity, field, document.Locale ?? "en", options)
        {
            Path = Path(entity, field),
            Unique = Keys(entity).Any(key => key.Count == 1 && key[0] == field.Name),
        };
        field.Source = generator.Create(context);
        problems.AddRange(context.Problems);
        if (field.Source is null && !context.Problems.Any(problem => problem.Severity == ProblemSeverity.Error))
            Unsupported($"{Path(entity, field)}.generator", $"{Name(entity, field)}: the generator {generator.Name} cannot be run on a {FieldTypeNames.Of(definition.Type)} field{(definition.Array is null ? "" : " of arrays")}");
        if (field.Source is { IsDistinct: true, Capacity: { } room } && room < (UInt128)entity.Rows && !context.Unique && definition.Array is null)
            Add(Path(entity, field), "generation.out_of_range", $"{Name(entity, field)}: {generator.Name} reaches {Number(room)} values that {ExpressionType.Of(definition)} holds, {Number((UInt128)entity.Rows)} were asked", "Give it more digits or a smaller step", $"Give {entity.Definition.Name} {Number(room)} rows or fewer");
        if (field.Source?.LongestText <= field.CutAt)
            field.CutAt = null;
    }

    private Expression? Checked(CheckedExpression expression, string path, string name)
    {
        if (expression.Error is { } error)
            problems.Add(new(path, "schema.expression", $"{name}: {error.Message}") { SuggestedActions = error.Suggestion is null ? [] : [error.Suggestion] });
        return expression.Expression;
    }

    /// <summary>Says of each field whether a null can occur: over and over until nothing changes, since fields lean on each other.</summary>
    private void FindNullable()
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var entity in entities)
            {
                foreach (var field in entity.Fields.Where(field => !field.Nullable && CanBeNull(entity, field)))
                    field.Nullable = changed = true;
            }
        }
    }

    private static bool CanBeNull(EntityNode entity, FieldNode field) =>
        field.NullThreshold > 0
        || field.When is not null
        || field.Source is { CanBeNull: true }
        || field.Within is { Link.IsOptional: true }
        || (field.Expression is { } expression && CanBeNull(entity, expression))
        || (field.FilledBy is { } link && (link.Link.IsOptional || link.Parent.Fields[field.ParentField].Nullable));

    private static bool CanBeNull(EntityNode entity, Expression expression) => expression switch
    {
        Constant constant => constant.Value is null,
        FieldValue field => entity.Fields[field.Index].Nullable,
        ParentValue value => entity.Parents.Find(link => link.Name == value.Relationship.Name) is not { } link || link.Link.IsOptional || link.Parent.Fields[value.Index].Nullable,
        Aggregate { Kind: AggregateKind.Count } => false,
        Aggregate aggregate => entity.Children.Find(link => link.Name == aggregate.Relationship.Name) is not { } link || link.Link.ChildrenEach.Least == 0 || CanBeNull(link.Child, aggregate.Argument!),
        NullTest or FunctionCall { Kind: FunctionKind.Concat } => false,
        FunctionCall { Kind: FunctionKind.Coalesce or FunctionKind.Least or FunctionKind.Greatest } call => call.Arguments.All(argument => CanBeNull(entity, argument)),
        Choice choice => choice.Values.Append(choice.Otherwise).Any(value => CanBeNull(entity, value)),
        _ => ExpressionDependencies.Operands(expression).Any(operand => CanBeNull(entity, operand)),
    };

    /// <summary>Resolves what a generator reads beside its own row.</summary>
    private sealed class PlanSourceContext(PlanCompiler compiler, EntityNode entity, FieldNode field, string locale, GenerationOptions options)
        : SourceContext(entity.Definition.Name, field.Definition, locale, options)
    {
        public override FieldReference? Reference(string text, string argument)
        {
            var checkedValue = CheckedExpression.Value(text, compiler.Scope(entity));
            var (link, at) = checkedValue.Expression switch
            {
                FieldValue own => (null, own.Index),
                ParentValue parent => (entity.Parents.Find(one => one.Name == parent.Relationship.Name), parent.Index),
                _ => (null, -1),
            };
            if (at < 0)
            {
                Report("schema.unknown_field", checkedValue.Error?.Message ?? $"{text} is neither a field nor parent(relationship).field", checkedValue.Error?.Suggestion ?? "Name a field of the same entity, or parent(relationship).field", argument);
                return null;
            }

            var definition = (link?.Parent ?? entity).Fields[at].Definition;
            if (definition.Array is not null)
            {
                Report("schema.reference_type", $"{text} is a list, which cannot be read here", "Name a field that is no list", argument);
                return null;
            }

            field.References.Add((link, at));
            return new(field.References.Count - 1, definition.Type, definition.Scale ?? 2, definition.Type == FieldType.Decimal && definition.Precision > 18);
        }
    }
}
