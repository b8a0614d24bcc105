using TdmPortal.Core.Expressions;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Makes a plan: decides for each column, groups those that must agree, makes their maskers and puts them in order.</summary>
internal sealed class MaskPlanner(MaskInput input)
{
    private readonly ProblemList problems = new();
    private readonly SchemaIndex index = new(input.Document);
    private readonly Dictionary<PlanColumn, ColumnMask> made = [];

    public MaskPlanResult Compile()
    {
        foreach (var problem in MaskingPolicyValidator.Validate(input.Document, input.Policy, input.Maskers))
            problems.Add(problem);
        var columns = ColumnRules.Columns(input);
        var checks = ColumnChecks.Of(input.Document, index);
        foreach (var column in columns)
            Bound(column, checks);
        foreach (var column in columns)
            ColumnRules.Decide(input, column);
        var identities = new IdentityGrouping(input, columns, problems).Group();
        foreach (var column in columns.Where(column => column.By == DecidedBy.Undecided))
            problems.Error("", "masking.undecided", $"{column.Path} is personal ({PersonalKinds.Find(column.Kind!)?.Title ?? column.Kind}) and no rule says what becomes of it.", "Add a rule for the column or its kind", "Choose a strategy", "Let a lead sign it off with a reason");
        var maskers = new MaskerMaking(input, problems);
        foreach (var identity in identities.Where(identity => identity.Columns.Any(column => column.IsMasked)))
        {
            foreach (var (column, masker, companions) in maskers.Make(identity, columns))
                made[column] = Ready(column, masker, companions);
        }

        var byEntity = columns.GroupBy(column => column.Entity, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Entity(group, maskers), StringComparer.Ordinal);
        var kept = Kept(checks, columns);
        var failed = problems.ToList().Any(problem => problem.Severity == ProblemSeverity.Error);
        return new(failed ? null : new(byEntity), problems.ToList(), [.. columns.Select(Decision)], IdentityGrouping.Resolved(identities)) { KeptChecks = kept };
    }

    private static void Bound(PlanColumn column, List<ColumnChecks> checks)
    {
        foreach (var check in checks.Where(check => check.Constraint.Entity == column.Entity))
        {
            if (check.Bounds.TryGetValue(column.Description.Name, out var bounds))
                column.Bounds = column.Bounds?.And(bounds) ?? bounds;
        }

        // A check of the length is a length.
        if (column.Bounds?.Longest is { } longest && longest > 0 && longest < (column.Description.MaxLength ?? int.MaxValue) && column.Description.Type == FieldType.String)
            column.Description = column.Description with { MaxLength = longest };
    }

    /// <summary>Names of the checks that hold after masking as before; for each other one that reads masked columns a warning.</summary>
    private HashSet<string> Kept(List<ColumnChecks> checks, List<PlanColumn> columns)
    {
        var byName = columns.Where(column => column.IsMasked).ToDictionary(column => (column.Entity, column.Description.Name));
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var check in checks)
        {
            var entity = check.Constraint.Entity;
            var broken = (check.Other ?? Enumerable.Empty<string>()).Concat(check.Bounds.Keys.Where(field => byName.TryGetValue((entity, field), out var column) && !column.KeepsBounds))
                .Where(field => byName.ContainsKey((entity, field))).Distinct(StringComparer.Ordinal).ToList();
            if (check.Other is not null && broken.Count == 0)
            {
                kept.Add(check.Constraint.Name);
                continue;
            }

            // Whatever stands in the way comes first.
            if (check.Other is null || problems.ToList().Any(problem => problem.Severity == ProblemSeverity.Error))
                continue;
            var path = byName[(entity, broken[0])].RulePath;
            problems.Warning(path, "masking.check_not_kept", $"The check {check.Constraint.Name} of {entity} ({check.Constraint.Check}) reads {string.Join(", ", broken)}, whose masked values may not hold it. It becomes a rule of the quality report instead of a constraint.", "Choose a masker that keeps the form, or leave it so");
        }

        return kept;
    }

    private ColumnDecision Decision(PlanColumn column)
    {
        var follows = column.By != DecidedBy.Identity && made.TryGetValue(column, out var mask) && mask.Companions.Any(companion => companion.Masked);
        return new(column.Entity, column.Description.Name, column.IsMasked ? column.Rule!.Masker : null, column.Rule?.Args ?? ArgumentValues.Empty, follows ? DecidedBy.Dependent : column.By, column.Reason)
        {
            Personal = column.Kind,
            Confidence = column.Confidence,
            Identity = column.IsMasked ? column.Identity.Name : null,
        };
    }

    private ColumnMask Ready(PlanColumn column, Masker masker, IReadOnlyList<MaskerCompanion> companions)
    {
        var (when, fields) = Condition(column);
        return new(column.Place, column.Description, masker, companions, when, fields, new(input.Policy.Sentinels, column.Description, input.AsOf));
    }

    private (Expression?, int[]) Condition(PlanColumn column)
    {
        if (string.IsNullOrWhiteSpace(column.Rule!.When))
            return (null, []);
        var path = column.RulePath.Length == 0 ? "" : $"{column.RulePath}.when";
        if (column.Identity is { Keys: true, Columns.Count: > 1 })
        {
            if (column == column.Identity.Columns[0])
                problems.Error(path, "masking.when_on_key", $"{column.Path} is tied to other columns by foreign keys; were it masked in some rows only, rows could no longer be joined.", "Remove the condition");
            return (null, []);
        }

        if (index.Entity(column.Entity) is not { } entity)
            return (null, []);
        var result = CheckedExpression.Condition(column.Rule.When, new EntityScope(index, entity));
        if (result.Error is { } error)
        {
            problems.Error(path, "masking.when", $"{column.Path}: at character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);
            return (null, []);
        }

        var read = ExpressionDependencies.Of(result.Expression!);
        if (read.NamesRelationships)
        {
            problems.Error(path, "masking.when", $"{column.Path}: the condition names a relationship; it may read columns of the same row only.", "Write it with columns of the row");
            return (null, []);
        }

        var source = input.Entities.First(one => one.Name == column.Entity);
        var fields = new int[index.Document.Entities[entity].Fields.Count];
        Array.Fill(fields, -1);
        foreach (var name in read.Fields)
        {
            var place = source.Columns.ToList().FindIndex(one => one.Name == name);
            if (place < 0)
                problems.Error(path, "masking.when", $"{column.Path}: the condition reads {name}, which the source does not have.", "Write it with columns of the source");
            else
                fields[index.Field(entity, name)!.Value] = place;
        }

        return (result.Expression, fields);
    }

    /// <summary>Puts columns that others follow before them.</summary>
    private EntityMask Entity(IGrouping<string, PlanColumn> columns, MaskerMaking maskers)
    {
        var masks = columns.OrderBy(column => column.Place).Select(column => made.GetValueOrDefault(column)).ToArray();
        var (order, state) = (new List<int>(), new byte[masks.Length]);
        for (var place = 0; place < masks.Length; place++)
            Visit(place);
        return new(masks, [.. order], maskers.Collecting(columns));

        void Visit(int place)
        {
            if (masks[place] is not { } mask || state[place] == 2)
                return;
            if (state[place] == 1)
            {
                problems.Error("", "masking.circle", $"{columns.Key}.{mask.Column.Name} follows columns that follow it.", "Let one of them stand for itself");
                return;
            }

            state[place] = 1;
            foreach (var companion in mask.Companions.Where(companion => companion.Masked))
                Visit(companion.Column);
            state[place] = 2;
            order.Add(place);
        }
    }
}
