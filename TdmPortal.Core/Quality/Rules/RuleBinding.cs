using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Makes rules ready to run: the one place where they are read, for validation as for a run.</summary>
internal static class RuleBinding
{
    /// <summary>A rule ready to run; null, with problems, where it cannot be.</summary>
    public static BoundRule? Bind(SchemaIndex index, QualityRule rule, string path, long asOf, ProblemList problems)
    {
        if (CheckCatalogue.Get(rule.Check) is not { } check)
        {
            problems.Error(At(path, "check"), "rules.unknown_check", $"There is no check \"{rule.Check}\".", NearestName.Find(rule.Check, CheckCatalogue.All.Select(one => one.Name)) is { } near ? $"Write {near}" : "Choose a check of the catalogue");
            return null;
        }

        if (index.Entity(rule.Entity) is not { } entity)
        {
            UnknownEntity(index, rule.Entity, path, problems);
            return null;
        }

        if (Columns(index, rule, check.Definition, entity, path, problems) is not { } columns)
            return null;
        var context = new RuleContext(index, rule, check.Definition, entity, columns, path, asOf, problems);
        Arguments(context, check.Definition);
        var where = string.IsNullOrWhiteSpace(rule.Where) ? null : context.Condition("where", rule.Where);
        var work = context.Failed ? null : check.Bind(context);
        return context.Failed || work is null ? null : new(rule, entity, columns, where, work);
    }

    /// <summary>A scenario's condition; null, with problems, where it is none.</summary>
    public static Expression? Condition(SchemaIndex index, Scenario scenario, string path, ProblemList problems)
    {
        if (index.Entity(scenario.Entity) is not { } entity)
        {
            UnknownEntity(index, scenario.Entity, path, problems);
            return null;
        }

        var result = CheckedExpression.Condition(scenario.Condition, new EntityScope(index, entity));
        if (result.Error is { } error)
            problems.Error(At(path, "condition"), "rules.invalid", $"{(scenario.Name.Length == 0 ? "The scenario" : scenario.Name)}: at character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);
        return result.Expression;
    }

    /// <summary>A scenario as a rule whose failing rows are those that meet it; null, with problems, where it cannot be looked for.</summary>
    public static BoundRule? Scenario(SchemaIndex index, Scenario scenario, ProblemList problems)
    {
        if (Condition(index, scenario, "", problems) is not { } condition)
            return null;
        var rule = new QualityRule { Name = scenario.Name, Kind = RuleKind.Business, Entity = scenario.Entity, Check = "" };
        return new(rule, index.Entity(scenario.Entity)!.Value, [], null, new RowTest((batch, verdicts) =>
        {
            var holds = batch.Holds(condition);
            for (var i = 0; i < verdicts.Length; i++)
                verdicts[i] = !holds.IsNull(i) && holds.Values[i] != 0 ? Verdict.Fails : Verdict.Holds;
        }).Evaluating(condition));
    }

    private static List<int>? Columns(SchemaIndex index, QualityRule rule, CheckDefinition check, int entity, string path, ProblemList problems)
    {
        var definition = index.Document.Entities[entity];
        var (columns, good) = (new List<int>(), true);
        if (rule.Columns.Count < check.LeastColumns || rule.Columns.Count > check.MostColumns)
        {
            var wanted = check.MostColumns == 0 ? "no columns" : check.LeastColumns == check.MostColumns ? (check.LeastColumns == 1 ? "one column" : $"{check.LeastColumns} columns") : $"{check.LeastColumns} to {check.MostColumns} columns";
            problems.Error(At(path, "columns"), "rules.columns", $"{check.Name} takes {wanted}, not {rule.Columns.Count}.", check.MostColumns == 0 ? "Remove them" : "Choose the columns");
            return null;
        }

        for (var i = 0; i < rule.Columns.Count; i++)
        {
            var place = $"{At(path, "columns")}[{i}]";
            var name = rule.Columns[i];
            if (index.Field(entity, name) is not { } field)
            {
                problems.Error(place, "rules.unknown_column", $"{rule.Entity} has no field \"{name}\".", NearestName.Find(name, definition.Fields.Select(one => one.Name)) is { } near ? $"Write {near}" : "Choose one of its fields");
                good = false;
            }
            else if (columns.Contains(field))
            {
                problems.Error(place, "rules.columns", $"{name} stands twice among the columns.", "Remove one of them");
                good = false;
            }
            else
            {
                good &= Takes(definition.Fields[field], check, place, problems);
                columns.Add(field);
            }
        }

        return good ? columns : null;
    }

    private static bool Takes(FieldDefinition field, CheckDefinition check, string place, ProblemList problems)
    {
        var list = field.Array is not null;
        if (list ? check.Name is "not_null" or "null" or "not_empty" or "any_not_null" or "all_or_none_null" or "length_between" or "type" or "at_least_one" or "null_proportion_between"
            : check.Types.Count == 0 || check.Types.Contains(field.Type))
        {
            return true;
        }

        problems.Error(place, "rules.column_type", $"{field.Name} is a {(list ? "list" : FieldTypeNames.Of(field.Type))}, which {check.Name} cannot look at{(check.Types.Count == 0 ? "" : $"; it takes {string.Join(", ", check.Types.Select(FieldTypeNames.Of))}")}.", "Choose another column or check");
        return false;
    }

    private static void Arguments(RuleContext context, CheckDefinition check)
    {
        foreach (var (name, _) in context.Rule.Args)
        {
            if (check.Arguments.Any(argument => argument.Name == name))
                continue;
            var known = check.Arguments.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", check.Arguments.Select(one => one.Name))}.";
            context.RefuseArgument(name, $"{check.Name} has no argument \"{name}\". {known}", NearestName.Find(name, check.Arguments.Select(one => one.Name)) is { } near ? $"Write {near}" : "Remove it");
        }

        foreach (var argument in check.Arguments)
        {
            if (argument.Required && !context.Has(argument.Name))
                context.RefuseArgument(argument.Name, $"{check.Name} needs {argument.Name}: {argument.Summary}", $"Set {argument.Name}");
        }
    }

    private static void UnknownEntity(SchemaIndex index, string name, string path, ProblemList problems) =>
        problems.Error(At(path, "entity"), "rules.unknown_entity", $"There is no entity \"{name}\".", NearestName.Find(name, index.Document.Entities.Select(one => one.Name)) is { } near ? $"Write {near}" : "Choose an entity of the schema");

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
