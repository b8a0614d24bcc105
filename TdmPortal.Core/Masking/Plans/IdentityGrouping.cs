using System.Globalization;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Groups columns that must be masked alike, and lets one rule decide for each group.</summary>
internal sealed class IdentityGrouping(MaskInput input, List<PlanColumn> columns, ProblemList problems)
{
    private readonly Dictionary<(string Entity, string Field), PlanColumn> byName = columns.ToDictionary(column => (column.Entity, column.Description.Name));

    /// <summary>By foreign keys (composite ones column by column, self references too), and by the policy.</summary>
    public List<PlanIdentity> Group()
    {
        foreach (var column in columns)
        {
            column.Identity = new();
            column.Identity.Columns.Add(column);
        }

        foreach (var relationship in input.Document.Relationships)
        {
            for (var i = 0; i < Math.Min(relationship.From.Fields.Count, relationship.To.Fields.Count); i++)
            {
                if (byName.TryGetValue((relationship.From.Entity, relationship.From.Fields[i]), out var child) && byName.TryGetValue((relationship.To.Entity, relationship.To.Fields[i]), out var parent))
                    Join(parent, child).Keys = true;
            }
        }

        for (var i = 0; i < input.Policy.Identities.Count; i++)
            Join(input.Policy.Identities[i], string.Create(CultureInfo.InvariantCulture, $"identities[{i}]"));
        var identities = columns.Select(column => column.Identity).Distinct().ToList();
        foreach (var identity in identities)
        {
            Order(identity);
            Decide(identity);
            Name(identity);
        }

        // The same key and the same sense in which values are the same: where a key tells apart what differs in case, all columns do.
        foreach (var named in identities.GroupBy(identity => identity.Name, StringComparer.Ordinal).Where(named => named.Any(identity => identity.Form == CanonicalForm.Exact)))
        {
            foreach (var identity in named.Where(identity => identity.Form == CanonicalForm.Text))
                identity.Form = CanonicalForm.Exact;
        }

        return identities;
    }

    /// <summary>As people and reports see them: what is masked with others, foreign keys or not.</summary>
    public static IReadOnlyList<IdentityGroup> Resolved(IEnumerable<PlanIdentity> identities) =>
    [
        .. identities.Where(identity => identity.Columns.Any(column => column.IsMasked))
            .GroupBy(identity => identity.Name, StringComparer.Ordinal)
            .Select(group => new IdentityGroup(group.Key, [.. group.SelectMany(identity => identity.Columns).Where(column => column.IsMasked).Select(column => column.Path)]) { Form = group.First().Form })
            .Where(group => group.Columns.Count > 1),
    ];

    private void Join(IdentityGroup given, string path)
    {
        PlanColumn? first = null;
        foreach (var pattern in given.Columns)
        {
            foreach (var column in columns.Where(column => ColumnRules.Matches(pattern, column.Entity, column.Description.Name)))
            {
                first ??= column;
                Join(first, column);
            }
        }

        if (first is null)
            return;
        if (first.Identity.Given is { } other && other != given.Name)
            problems.Error($"{path}.columns", "masking.identity_twice", $"{first.Path} belongs to the identity {other} already: a column has one identity, and foreign keys tie columns together.", $"Put the columns of {given.Name} and {other} into one identity");
        (first.Identity.Given, first.Identity.GivenForm) = (given.Name, given.Form);
    }

    private static PlanIdentity Join(PlanColumn one, PlanColumn other)
    {
        var (to, from) = (one.Identity, other.Identity);
        if (to == from)
            return to;
        foreach (var column in from.Columns)
            column.Identity = to;
        to.Columns.AddRange(from.Columns);
        to.Keys |= from.Keys;
        (to.Given, to.GivenForm) = to.Given is null ? (from.Given, from.GivenForm) : (to.Given, to.GivenForm);
        return to;
    }

    /// <summary>Keys that point nowhere first, then as in the source.</summary>
    private void Order(PlanIdentity identity)
    {
        if (identity.Columns.Count == 1)
            return;
        var children = input.Document.Relationships.Where(relationship => relationship.From.Entity != relationship.To.Entity)
            .SelectMany(relationship => relationship.From.Fields.Select(field => (relationship.From.Entity, field))).ToHashSet();
        var sorted = identity.Columns.OrderBy(column => children.Contains((column.Entity, column.Description.Name))).ThenBy(columns.IndexOf).ToList();
        identity.Columns.Clear();
        identity.Columns.AddRange(sorted);
    }

    private void Decide(PlanIdentity identity)
    {
        if (identity.Columns.Count == 1)
            return;
        PlanColumn? leader = null;
        foreach (var column in identity.Columns.Where(column => column.Rule is not null))
        {
            if (leader is null || Rank(column.By) < Rank(leader.By))
                leader = column;
        }

        if (leader is null)
            return;
        foreach (var column in identity.Columns.Where(column => column != leader))
        {
            if (column.By == DecidedBy.Column && leader.By == DecidedBy.Column && column.Rule != leader.Rule && !(column.Rule!.Masker == leader.Rule!.Masker && Same(column.Rule.Args, leader.Rule.Args) && column.Rule.When == leader.Rule.When))
            {
                problems.Error(column.RulePath, "masking.identity_conflict", $"{column.Path} and {leader.Path} hold the same values, but {column.Rule!.Masker} and {leader.Rule!.Masker} would mask them differently, so rows could no longer be joined.", $"Remove the rule for {column.Path}: it follows {leader.Path}");
                continue;
            }

            (column.Rule, column.RulePath, column.By) = (leader.Rule, leader.RulePath, DecidedBy.Identity);
            column.Reason = $"The same values as in {leader.Path}, so masked alike.";
        }
    }

    private static int Rank(DecidedBy by) => by switch
    {
        DecidedBy.Column => 0,
        DecidedBy.Kind => 1,
        _ => 2,
    };

    public static bool Same(ArgumentValues one, ArgumentValues other) =>
        one.Count == other.Count && one.All(pair => other[pair.Key] is { } value && value.GetRawText() == pair.Value.GetRawText());

    private static void Name(PlanIdentity identity)
    {
        var kind = identity.Columns.Where(column => column.Counts).OrderByDescending(column => column.Confidence).FirstOrDefault()?.Kind;
        identity.Name = identity.Given ?? kind ?? identity.Columns[0].Path;
        identity.Form = identity.GivenForm != CanonicalForm.Auto ? identity.GivenForm : Form(identity, kind);
    }

    private static CanonicalForm Form(PlanIdentity identity, string? kind)
    {
        var text = identity.Columns.Any(column => column.Description.Type == FieldType.String);
        if (identity.Columns.Any(column => column.Description.Type == FieldType.Integer))
            return CanonicalForm.Number;
        if (!text)
            return CanonicalForm.Exact;

        // Keys that differ only in case are different keys, unless the database says that they are not; some maskers carry the case themselves.
        var carries = identity.Columns.Exists(column => column.Rule is { Masker: "email" or "user_name" });
        var ofText = identity.Unique && !identity.WithoutCase && !carries ? CanonicalForm.Exact : CanonicalForm.Text;
        return kind is not null && PersonalKinds.Find(kind) is { Form: not (CanonicalForm.Text or CanonicalForm.Auto) } known ? known.Form : ofText;
    }
}
