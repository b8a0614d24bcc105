using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>
/// Renders a check that reads parents or children as a query over all rows of an entity: parents are joined, children are
/// aggregated once by their key and joined, so that it costs a pass over each table and not one a row.
/// </summary>
internal sealed class RelatedSql(Func<string, EntityDefinition> entity, Func<EntityDefinition, string> table, Func<EntityDefinition, string, string> column)
{
    private int aliases;

    /// <summary>How many rows break the condition. As with a constraint, unknown is no breach.</summary>
    public string CountBreaking(string of, Expression condition)
    {
        var (definition, alias, joins) = (entity(of), Alias(), new List<string>());
        var sql = Render(condition, definition, alias, joins);
        return $"SELECT count(*) FROM {table(definition)} {alias}{string.Concat(joins)} WHERE ({sql}) IS FALSE";
    }

    private string Render(Expression expression, EntityDefinition of, string alias, List<string> joins)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        return ExpressionSql.Related(expression, field => $"{alias}.{column(of, field)}", node => node is ParentValue parent ? Parent(parent) : Children((Aggregate)node));

        string Parent(ParentValue value)
        {
            var (link, definition) = (value.Relationship, entity(value.Relationship.To.Entity));
            if (!parents.TryGetValue(link.Name, out var joined))
            {
                parents[link.Name] = joined = Alias();
                joins.Add($" LEFT JOIN {table(definition)} {joined} ON {Equal(link.To.Fields.Select(field => $"{joined}.{column(definition, field)}"), link.From.Fields.Select(field => $"{alias}.{column(of, field)}"))}");
            }

            return $"{joined}.{column(definition, value.Name)}";
        }

        string Children(Aggregate aggregate)
        {
            var (link, definition, child, grouped, inner) = (aggregate.Relationship, entity(aggregate.Relationship.From.Entity), Alias(), Alias(), new List<string>());
            var argument = aggregate.Argument is null ? "*" : Render(aggregate.Argument, definition, child, inner);
            var keys = link.From.Fields.Select(field => $"{child}.{column(definition, field)}").ToList();
            var function = aggregate.Kind switch { AggregateKind.Count => "count", AggregateKind.Sum => "sum", AggregateKind.Min => "min", AggregateKind.Max => "max", _ => "avg" };
            joins.Add($" LEFT JOIN (SELECT {string.Join(", ", keys.Select((key, i) => string.Create(CultureInfo.InvariantCulture, $"{key} AS k{i}")))}, {function}({argument}) AS v FROM {table(definition)} {child}{string.Concat(inner)} GROUP BY {string.Join(", ", keys)}) {grouped}"
                + $" ON {Equal(keys.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{grouped}.k{i}")), link.To.Fields.Select(field => $"{alias}.{column(of, field)}"))}");
            // No children: a count of none, and nothing to aggregate.
            return aggregate.Kind == AggregateKind.Count ? $"coalesce({grouped}.v, 0)" : $"{grouped}.v";
        }
    }

    private static string Equal(IEnumerable<string> left, IEnumerable<string> right) => string.Join(" AND ", left.Zip(right, (one, other) => $"{one} = {other}"));

    private string Alias() => string.Create(CultureInfo.InvariantCulture, $"t{aliases++}");
}
