using TdmPortal.Core.Errors;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Scenarios that generation makes true. Rows are chosen for each; the parts of its condition (those joined by "and") that
/// read one row are checks which the row, or its parent, must pass: its fields are drawn again as for any check. The other
/// parts are looked for: rows are chosen among those in which they hold. All other rows keep their values.
/// </summary>
internal sealed partial class PlanCompiler
{
    /// <summary>Rows that are looked at, at most, for the parts that cannot be made.</summary>
    private const long MostLookedAt = 200_000;
    private const int LookedAtOnce = 256;

    /// <summary>Draws that are looked at for combinations of a scenario: one in 20,000 is still found.</summary>
    private const int ScenarioFrames = 1024;

    private readonly List<(Scenario Scenario, string Path, EntityNode Entity, Expression Condition, long[] Rows)> scenarios = [];
    private readonly Dictionary<EntityNode, HashSet<long>> chosen = [];

    private void MakeScenarios()
    {
        for (var i = 0; i < options.Scenarios.Count && !Failed; i++)
        {
            var scenario = options.Scenarios[i];
            var path = $"scenarios[{i}]";
            if (!scenario.Make)
                continue;
            if (index.Entity(scenario.Entity) is not { } at)
                Add(path, "generation.unknown_entity", $"the scenario {scenario.Name} is about {scenario.Entity}, which is no entity of {document.Name}", "Change the scenario, or let it only be looked for");
            else if (Checked(CheckedExpression.Condition(scenario.Condition, Scope(entities[at])), path, scenario.Name) is { } condition)
                Make(scenario, path, entities[at], condition);
        }
    }

    private void Make(Scenario scenario, string path, EntityNode entity, Expression condition)
    {
        var (own, sought) = (new List<Expression>(), new List<Expression>());
        var parents = new List<(LinkNode Link, Expression Condition)>();
        foreach (var part in Parts(condition))
        {
            var reads = ExpressionDependencies.Of(part);
            if (!reads.NamesRelationships && Members(entity, part).Count > 0)
                own.Add(part);
            else if (reads is { Aggregates.Count: 0, Fields.Count: 0 } && reads.ParentFields.Select(read => read.Relationship.Name).Distinct(StringComparer.Ordinal).ToList() is [var name]
                && entity.Parents.Find(link => link.Name == name) is { } link && OfParent(part) is var moved && Members(link.Parent, moved).Count > 0)
                parents.Add((link, moved));
            else
                sought.Add(part);
        }

        if (Choose(scenario, path, entity, sought, [.. parents.Select(one => one.Link).Distinct()]) is not { } rows)
            return;
        // One by one: parts that share no field are drawn by themselves, so that rare values need not come together.
        foreach (var part in own)
            Demand(scenario, path, entity, part, rows);
        foreach (var (link, part) in parents)
            Demand(scenario, path, link.Parent, part, [.. rows.Select(link.Link.ParentOrNone).Distinct()]);
        scenarios.Add((scenario, path, entity, condition, rows));
    }

    /// <summary>Rows for a scenario, none of which another one has: in an order that does not depend on values.</summary>
    private long[]? Choose(Scenario scenario, string path, EntityNode entity, List<Expression> sought, LinkNode[] parents)
    {
        if (entity.Rows < scenario.AtLeast)
        {
            Add(path, "generation.scenario_unsatisfiable", $"the scenario {scenario.Name} asks for {Number((UInt128)scenario.AtLeast)} rows of {entity.Definition.Name}, which has {Number((UInt128)entity.Rows)}", $"Give {entity.Definition.Name} more rows", "Ask for fewer");
            return null;
        }

        var order = new KeyedPermutation(Randomness.Derive(Randomness.Derive(entity.Key, "scenario"), scenario.Name), (ulong)entity.Rows);
        var rows = new List<long>();
        var taken = Taken(entity);
        var workspace = new Workspace(entities.Length);
        long looked = 0;
        for (long at = 0; at < entity.Rows && rows.Count < scenario.AtLeast && (sought.Count == 0 || looked < MostLookedAt); at += LookedAtOnce)
        {
            var candidates = new List<long>();
            for (var i = at; i < Math.Min(entity.Rows, at + LookedAtOnce); i++)
            {
                var row = (long)order.Map((ulong)i);
                if (!taken.Contains(row) && Array.TrueForAll(parents, link => link.Link.ParentOrNone(row) is >= 0 and var parent && !Taken(link.Parent).Contains(parent)))
                    candidates.Add(row);
            }

            looked += candidates.Count;
            rows.AddRange(Holding(workspace, entity, sought, candidates).Take((int)(scenario.AtLeast - rows.Count)));
        }

        if (rows.Count < scenario.AtLeast)
        {
            Add(path, "generation.scenario_unsatisfiable", sought.Count == 0
                ? $"the scenario {scenario.Name} asks for {Number((UInt128)scenario.AtLeast)} rows of {entity.Definition.Name}; {rows.Count} are left that no other scenario uses and that have a parent"
                : $"the scenario {scenario.Name} asks for {Number((UInt128)scenario.AtLeast)} rows of {entity.Definition.Name}; in {Number((UInt128)looked)} looked at, {rows.Count} meet the part of its condition that generation cannot make (keys, unique fields, sums and counts over relationships, comparisons of two rows)",
                "Ask for fewer", $"Give {entity.Definition.Name} more rows", "Put what is asked for into fields that a generator fills");
            return null;
        }

        taken.UnionWith(rows);
        foreach (var link in parents)
            Taken(link.Parent).UnionWith(rows.Select(link.Link.ParentOrNone));
        rows.Sort();
        return [.. rows];
    }

    private HashSet<long> Taken(EntityNode entity)
    {
        if (!chosen.TryGetValue(entity, out var rows))
            chosen[entity] = rows = [];
        return rows;
    }

    private static IEnumerable<long> Holding(Workspace workspace, EntityNode entity, List<Expression> parts, List<long> rows)
    {
        if (parts.Count == 0 || rows.Count == 0)
            return rows;
        var frame = workspace.Rent(entity, rows.ToArray());
        var holds = new bool[rows.Count];
        Array.Fill(holds, true);
        foreach (var part in parts)
        {
            var mark = workspace.Mark();
            var column = (LongColumn)Evaluation.Of(part, frame);
            for (var i = 0; i < holds.Length; i++)
                holds[i] &= !column.IsNull(i) && column.Values[i] != 0;
            workspace.Release(mark);
        }

        workspace.Return(frame);
        return rows.Where((_, place) => holds[place]);
    }

    /// <summary>Has the rows pass a condition, as a check that asks nothing of the others.</summary>
    private static void Demand(Scenario scenario, string path, EntityNode entity, Expression condition, long[] rows) =>
        Group(entity, new CheckNode(new ConstraintDefinition(scenario.Name, entity.Definition.Name, scenario.Condition), path, condition) { Only = rows.ToHashSet() }, Members(entity, condition));

    private static HashSet<int> Members(EntityNode entity, Expression condition)
    {
        var members = new HashSet<int>();
        foreach (var name in ExpressionDependencies.Of(condition).Fields)
            Redrawable(entity, entity.FieldIndex(name), members, []);
        return members;
    }

    /// <summary>Draws in which the scenario is true as well as all checks: for its rows that are not so by themselves soon enough.</summary>
    private static List<(long Row, int Attempt)> ScenarioDraws(Workspace workspace, EntityNode entity, CheckGroup group, CheckNode scenario)
    {
        var found = new List<(long, int)>();
        var rows = Spread(entity, FallbackRows);
        for (var number = 0; number < ScenarioFrames && found.Count < CheckGroup.MostFallbacks; number++)
        {
            var frame = workspace.Rent(entity, rows, group, number);
            frame.Failing(group, [.. Enumerable.Range(0, rows.Length)], place => found.Add((rows[place], number)), scenario);
            workspace.Return(frame);
        }

        return found;
    }

    /// <summary>Each scenario is looked at as it will be, before row 1.</summary>
    private void ProveScenarios()
    {
        foreach (var (scenario, path, entity, condition, rows) in scenarios)
        {
            try
            {
                var workspace = new Workspace(entities.Length);
                foreach (var part in rows.Chunk(LookedAtOnce))
                {
                    if (Holding(workspace, entity, [condition], [.. part]).Count() is var holding && holding == part.Length)
                        continue;
                    Add(path, "generation.scenario_unsatisfiable", $"the scenario {scenario.Name} cannot be made: what one part of its condition needs stands against another", "Let it only be looked for", "Ask for less in its condition");
                    break;
                }
            }
            catch (PortalException failure)
            {
                AddUnmade(scenario.Name, path, failure);
            }
        }
    }

    /// <summary>What a group of checks could not be drawn for: a scenario's fault where it has one, since without it all would be well.</summary>
    private void AddFailed(CheckGroup group, PortalException failure)
    {
        if (group.Checks.Find(check => check.Only is not null) is { } made)
            AddUnmade(made.Definition.Name, made.Path, failure);
        else
            Add(group.Checks[0].Path, failure.Code, failure.Message, [.. failure.SuggestedActions]);
    }

    private void AddUnmade(string scenario, string path, PortalException failure) =>
        Add(path, "generation.scenario_unsatisfiable", $"the scenario {scenario} cannot be made: {failure.Message}", "Ask for values that the generators give often enough", "Let it only be looked for");

    private static IEnumerable<Expression> Parts(Expression condition) => condition is Logical { IsAnd: true } all ? all.Operands.SelectMany(Parts) : [condition];

    /// <summary>An expression over fields of one parent only, as the parent itself would have it.</summary>
    private static Expression OfParent(Expression expression) => expression switch
    {
        ParentValue value => new FieldValue(value.Name, value.Index, value.Type),
        Conversion node => new Conversion(OfParent(node.Operand), node.Type),
        Arithmetic node => new Arithmetic(node.Kind, OfParent(node.Left), OfParent(node.Right), node.Type),
        Negation node => new Negation(OfParent(node.Operand)),
        Comparison node => new Comparison(node.Kind, OfParent(node.Left), OfParent(node.Right)),
        Logical node => new Logical(node.IsAnd, [.. node.Operands.Select(OfParent)]),
        Inversion node => new Inversion(OfParent(node.Operand)),
        NullTest node => new NullTest(OfParent(node.Operand), node.Negated),
        Membership node => new Membership(OfParent(node.Operand), [.. node.Items.Select(OfParent)]),
        Choice node => new Choice([.. node.Conditions.Select(OfParent)], [.. node.Values.Select(OfParent)], OfParent(node.Otherwise)),
        FunctionCall node => new FunctionCall(node.Kind, [.. node.Arguments.Select(OfParent)], node.Type),
        _ => expression,
    };
}
