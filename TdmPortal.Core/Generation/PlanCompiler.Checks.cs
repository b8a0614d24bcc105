using TdmPortal.Core.Errors;
using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Generation;

/// <summary>Checks: which fields may be drawn again for them, and whether enough draws pass.</summary>
internal sealed partial class PlanCompiler
{
    private const int FewSamples = 256;
    private const int ManySamples = 8192;

    private void MakeChecks()
    {
        for (var i = 0; i < document.Constraints.Count; i++)
        {
            var constraint = document.Constraints[i];
            var entity = entities[index.Entity(constraint.Entity)!.Value];
            var path = $"constraints[{i}].check";
            if (Checked(CheckedExpression.Condition(constraint.Check, Scope(entity)), path, constraint.Name) is not { } condition)
                continue;
            var check = new CheckNode(constraint, path, condition);
            var dependencies = ExpressionDependencies.Of(condition);
            var members = new HashSet<int>();
            foreach (var name in dependencies.Fields)
                Redrawable(entity, entity.FieldIndex(name), members, []);
            if (members.Count == 0 || dependencies.NamesRelationships)
                entity.Verified.Add(check);
            else
                Group(entity, check, members);
            Examine(entity, check);
        }

        MakeScenarios();
        foreach (var entity in entities.Where(entity => entity.Rows > 0))
        {
            foreach (var group in entity.Fields.Select(field => field.Group).OfType<CheckGroup>().Distinct())
                Accept(entity, group);
        }

        if (!Failed)
            ProveScenarios();
    }

    /// <summary>
    /// What of a check cannot be helped by drawing again is looked at before row 1, in rows from the first to the last: all
    /// of it, or the parts that are joined by "and". What reads other rows is left to generation, where it is read anyway.
    /// </summary>
    private void Examine(EntityNode entity, CheckNode check)
    {
        var parts = (check.Condition is Logical { IsAnd: true } all ? all.Operands : [check.Condition])
            .Where(part => ExpressionDependencies.Of(part) is { NamesRelationships: false } read && read.Fields.All(name => IsFixed(entity, entity.FieldIndex(name), [])))
            .ToList();
        if (parts.Count == 0 || entity.Rows == 0)
            return;
        var rows = Spread(entity, FewSamples);
        var workspace = new Workspace(entities.Length);
        var frame = workspace.Rent(entity, rows);
        try
        {
            foreach (var holds in parts.Select(part => (LongColumn)Evaluation.Of(part, frame)))
            {
                var failing = Enumerable.Range(0, rows.Length).Where(i => !holds.IsNull(i) && holds.Values[i] == 0).ToList();
                if (failing.Count == 0)
                    continue;
                Add(check.Path, "generation.check_unsatisfiable", $"{entity.Definition.Name}: the check {check.Definition.Name} does not hold in {failing.Count} of {rows.Length} rows looked at (the first is row {Number((UInt128)rows[failing[0]])}), and no field that decides it can be drawn again",
                    "Change the check or the arguments of the generators that it depends on");
                return;
            }
        }
        catch (PortalException failure)
        {
            Add(check.Path, failure.Code, failure.Message, [.. failure.SuggestedActions]);
        }
    }

    /// <summary>Whether a field has one value in each row, drawn again or not, and needs no other row for it.</summary>
    private static bool IsFixed(EntityNode entity, int at, HashSet<int> seen)
    {
        if (!seen.Add(at))
            return true;
        var field = entity.Fields[at];
        if (field.FilledBy is not null || field.Within is not null || field.References.Exists(one => one.Link is not null))
            return false;
        var members = new HashSet<int>();
        Redrawable(entity, at, members, []);
        return members.Count == 0 && new[] { field.Expression, field.When }.OfType<Expression>().Select(ExpressionDependencies.Of)
            .All(read => !read.NamesRelationships && read.Fields.All(name => IsFixed(entity, entity.FieldIndex(name), seen)))
            && field.References.TrueForAll(one => IsFixed(entity, one.Field, seen));
    }

    /// <summary>The fields below a field that a generator makes and no key holds.</summary>
    private static void Redrawable(EntityNode entity, int at, HashSet<int> members, HashSet<int> seen)
    {
        if (!seen.Add(at))
            return;
        var field = entity.Fields[at];
        if (field.Source is not null && !field.Unique && field.Composite is null && !Keys(entity).Any(key => key.Contains(field.Name)))
            members.Add(at);
        foreach (var (link, other) in field.References)
        {
            if (link is null)
                Redrawable(entity, other, members, seen);
        }

        foreach (var expression in new[] { field.Expression, field.When })
        {
            if (expression is null)
                continue;
            foreach (var name in ExpressionDependencies.Of(expression).Fields)
                Redrawable(entity, entity.FieldIndex(name), members, seen);
        }
    }

    /// <summary>Puts a check in one group with those that share a field with it.</summary>
    private static void Group(EntityNode entity, CheckNode check, HashSet<int> members)
    {
        var group = new CheckGroup();
        group.Checks.Add(check);
        foreach (var member in members)
        {
            if (entity.Fields[member].Group is { } other && other != group)
            {
                group.Checks.AddRange(other.Checks.Except(group.Checks));
                group.Members.UnionWith(other.Members);
            }

            group.Members.Add(member);
        }

        foreach (var member in group.Members)
            entity.Fields[member].Group = group;
    }

    private void Accept(EntityNode entity, CheckGroup group)
    {
        var workspace = new Workspace(entities.Length);
        foreach (var samples in new[] { FewSamples, ManySamples })
        {
            // Rows of the entity, then further draws of them where they are few.
            var (passed, tried) = (0, 0);
            for (var attempt = 0; tried < samples && attempt < 64; attempt++)
            {
                var count = (int)Math.Min(entity.Rows, Math.Min(samples - tried, 1024));
                var rows = new long[count];
                for (var i = 0; i < count; i++)
                    rows[i] = (long)((Int128)i * entity.Rows / count);
                try
                {
                    passed += Passing(workspace, entity, group, rows, attempt);
                }
                catch (PortalException failure)
                {
                    AddFailed(group, failure);
                    return;
                }

                tried += count;
            }

            if (passed * 50 >= tried || (samples == ManySamples && passed * 100 >= tried))
            {
                if (!Failed)
                    FindFallbacks(workspace, entity, group);
                return;
            }

            if (samples != ManySamples)
                continue;
            var check = group.Checks[0];
            var also = group.Checks.Count == 1 ? "" : $" (together with {string.Join(", ", group.Checks.Skip(1).Select(one => one.Definition.Name))})";
            Add(check.Path, "generation.check_unsatisfiable",
                $"{entity.Definition.Name}: the check {check.Definition.Name}{also} holds for {passed} of {tried} rows drawn; below 1 in 100 it is refused",
                $"Narrow the arguments of {string.Join(", ", group.Members.Select(member => entity.Fields[member].Name))} so that most rows pass");
        }
    }

    private static int Passing(Workspace workspace, EntityNode entity, CheckGroup group, long[] rows, int attempt)
    {
        var frame = workspace.Rent(entity, rows, group, attempt);
        var passed = Enumerable.Range(0, rows.Length).ToList();
        var before = passed.Count;
        frame.Failing(group, passed, keep: null);
        workspace.Return(frame);
        return before - passed.Count;
    }
}
