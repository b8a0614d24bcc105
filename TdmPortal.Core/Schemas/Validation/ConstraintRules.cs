using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Checks: their names, entities and expressions.</summary>
internal static class ConstraintRules
{
    public static void Check(ValidationContext context)
    {
        var (document, problems) = (context.Document, context.Problems);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < document.Constraints.Count; i++)
        {
            var constraint = document.Constraints[i];
            var path = $"constraints[{i}]";
            DocumentRules.CheckName(problems, $"{path}.name", "A constraint", constraint.Name);
            if (constraint.Name.Length > 0 && !names.Add(constraint.Name))
                DocumentRules.Twice(problems, $"{path}.name", $"There are two constraints called {ValidationContext.Shown(constraint.Name)}.");
            if (context.Index.Entity(constraint.Entity) is not { } entity)
            {
                RelationshipRules.UnknownEntity(context, $"{path}.entity", $"The constraint {ValidationContext.Shown(constraint.Name)}", constraint.Entity);
                continue;
            }

            var result = CheckedExpression.Condition(constraint.Check, new EntityScope(context.Index, entity));
            if (result.Error is { } error)
                context.Report($"{path}.check", $"{ValidationContext.Shown(constraint.Entity)}, constraint {ValidationContext.Shown(constraint.Name)}", error);
        }
    }
}
