using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Keys of entities, and the columns of others whose values are all among them.</summary>
internal sealed class References(IReadOnlyList<LearnedEntity> entities, IReadOnlyDictionary<LearnedColumn, KeyCounts> counts, List<LearnedFinding> findings)
{
    /// <summary>Different values from which on being among others is no accident, names aside.</summary>
    private const int EnoughValues = 20;

    private const int LongestCode = 60;
    private const int EnoughForCodes = 100;

    private static readonly string[] KeyWords = ["id", "ids", "nr", "no", "key", "code", "uuid", "guid", "number", "nummer", "pk", "fk", "ref"];

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Chooses each entity's key: distinct, never null, called like one or counting up.</summary>
    public void ChooseKeys()
    {
        foreach (var entity in entities)
        {
            foreach (var column in entity.Columns)
                column.IsDistinct = counts.TryGetValue(column, out var keys) && keys.Rows.Filled > 1 && keys.All().All(key => key.Times == 1);
            if (entity.Definition.PrimaryKey.Count > 0)
            {
                entity.PrimaryKey = entity.Definition.PrimaryKey;
            }
            else
            {
                var key = entity.Columns.Where(column => column.IsDistinct && column.Profile.Profile.Nulls == 0).Select(column => (Column: column, Score: Score(column))).Where(one => one.Score > 0).OrderByDescending(one => one.Score).FirstOrDefault().Column;
                entity.PrimaryKey = key is null ? [] : [key.Name];
            }

            foreach (var column in entity.Columns)
            {
                column.IsKey = entity.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) || column.Field.Unique || (column.IsDistinct && column.Rows >= EnoughValues && (Score(column) > 1 || IsCode(column)));
                column.Field = column.Field with { Unique = column.IsKey && !(entity.PrimaryKey is [var only] && only == column.Name) && (column.Field.Unique || column.IsDistinct) };
                if (entity.PrimaryKey is [var primary] && primary == column.Name && entity.Definition.PrimaryKey.Count == 0)
                    findings.Add(new("key", column.Id, $"{column.Name} tells the rows of {entity.Name} apart: all {column.Rows} values differ and none is missing."));
            }
        }
    }

    /// <summary>Relationships that the structure has not yet.</summary>
    public List<RelationshipDefinition> Find(IReadOnlyList<RelationshipDefinition> known)
    {
        var found = new List<RelationshipDefinition>();
        names.UnionWith(known.Select(one => one.Name));
        foreach (var relationship in known)
        {
            foreach (var column in entities.First(entity => entity.Name == relationship.From.Entity).Columns.Where(column => relationship.From.Fields.Contains(column.Name, StringComparer.Ordinal)))
                column.IsForeign = true;
        }

        foreach (var entity in entities)
        {
            foreach (var child in entity.Columns.Where(column => !column.IsForeign && column.Profile.Filled > 0))
            {
                var best = entities.Where(parent => parent.PrimaryKey.Count == 1).Select(parent => parent.Columns.First(column => column.Name == parent.PrimaryKey[0]))
                    .Select(parent => (Parent: parent, Score: Fits(child, parent))).Where(one => one.Score > 0).OrderByDescending(one => one.Score).ThenBy(one => one.Parent.Rows).FirstOrDefault().Parent;
                if (best is not null)
                    found.Add(Relate(child, best));
            }
        }

        return found;
    }

    /// <summary>Fits the distribution of children over parents.</summary>
    public RelationshipDefinition Fitted(RelationshipDefinition relationship, bool mayDecideRows)
    {
        if (relationship.Distribution is not null || relationship.From.Fields.Count > 1 || relationship.From.Entity == relationship.To.Entity)
            return relationship;
        if (Column(relationship.From) is not { } child || Column(relationship.To) is not { } parent || !counts.TryGetValue(child, out var children) || !counts.TryGetValue(parent, out var parents))
            return relationship;
        var held = Math.Max(children.Level, parents.Level);
        int[] each = [.. parents.All().Where(key => KeyCounts.IsHeld(key.Hash, held)).Select(key => children.Times(key.Hash))];
        var isPart = IsPartOfKey(child);
        if ((child.IsKey && !isPart) || each.Length == 0)
            return relationship;
        var distribution = Cardinality.Fit(each, mayDecideRows && relationship.NullPercent is null, isPart);
        findings.Add(new("reference", child.Id, $"Rows of {child.Entity.Name} are spread over {parent.Entity.Name} as {Cardinality.Words(distribution)}."));
        return distribution.Kind == DistributionKind.Uniform ? relationship : relationship with { Distribution = distribution };
    }

    /// <summary>Unique together with others only: these have so many values for each parent, and no more children may come.</summary>
    private static bool IsPartOfKey(LearnedColumn column) => !column.Field.Unique
        && (column.Entity.PrimaryKey.Count > 1 && column.Entity.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) || column.Entity.Definition.Unique.Any(group => group.Count > 1 && group.Contains(column.Name, StringComparer.Ordinal)));

    private LearnedColumn? Column(RelationshipEnd end) => entities.FirstOrDefault(entity => entity.Name == end.Entity)?.Columns.Find(column => column.Name == end.Fields[0]);

    /// <summary>How much a column looks like a key.</summary>
    private static int Score(LearnedColumn column)
    {
        if (column.Field.Type is not (FieldType.Integer or FieldType.Uuid or FieldType.String) || column.Field.MaxLength > 64)
            return 0;
        var words = column.Name.Split('_');
        var named = column.Name == "id" || column.Name == $"{Singular(column.Entity.Name)}_id" ? 4 : KeyWords.Contains(words[^1], StringComparer.Ordinal) ? 2 : 0;
        var type = column.Field.Type == FieldType.Uuid || column.Entity.Pass.Counting[column.Place].Step is not null ? 2 : 0;
        if (named == 0 && (words[^1].EndsWith("nummer", StringComparison.Ordinal) || words[^1].EndsWith("number", StringComparison.Ordinal)))
            named = 2;
        return named + type + (column.Place == 0 && column.Field.Type != FieldType.String ? 1 : 0);
    }

    /// <summary>Texts that all have a figure or an @ in them, such as addresses and article numbers.</summary>
    private static bool IsCode(LearnedColumn column) => column.Field is { Type: FieldType.String, MaxLength: <= LongestCode } && column.Rows >= EnoughForCodes
        && column.Entity.Texts(column).All(text => text.Any(c => char.IsAsciiDigit(c) || c == '@'));

    private int Fits(LearnedColumn child, LearnedColumn parent)
    {
        if (child == parent || child.Field.Type != parent.Field.Type || !counts.TryGetValue(child, out var children) || !counts.TryGetValue(parent, out var parents))
            return 0;
        var called = Called(child, parent);
        // A table's own key points elsewhere only where its name says so.
        if (called == 0 && (child.IsKey || child.Field.Type == FieldType.Integer || children.Count < EnoughValues))
            return 0;
        if (called == 0 && (child.Field.Type != FieldType.Uuid && parents.Count > children.Count * 50))
            return 0;
        if (child.Entity == parent.Entity && (called == 0 || child.Profile.Profile.Nulls == 0 || child.IsDistinct))
            return 0;
        var held = Math.Max(children.Level, parents.Level);
        foreach (var (hash, _) in children.All())
        {
            if (KeyCounts.IsHeld(hash, held) && parents.Times(hash) == 0)
                return 0;
        }

        return called + 1;
    }

    /// <summary>How surely a name says whose key it is.</summary>
    private static int Called(LearnedColumn child, LearnedColumn parent)
    {
        var words = child.Name.Split('_').ToList();
        if (words.Count > 1 && KeyWords.Contains(words[^1], StringComparer.Ordinal))
            words.RemoveAt(words.Count - 1);
        var stem = string.Join('_', words);
        var owner = parent.Entity.Name;
        if (stem == owner || Singular(stem) == Singular(owner))
            return child.Entity == parent.Entity && child.IsKey ? 0 : 4;
        if (child.Name == parent.Name && child.Name is not ("id" or "nr" or "no" or "code" or "key" or "uuid" or "name"))
            return 3;
        if (stem.EndsWith($"_{Singular(owner)}", StringComparison.Ordinal) || owner.EndsWith($"_{stem}", StringComparison.Ordinal))
            return 2;
        return child.Entity == parent.Entity && words[^1] is "parent" or "manager" or "boss" or "supervisor" or "superior" or "predecessor" or "reports_to" or "vorgesetzter" or "eltern" ? 2 : 0;
    }

    private static string Singular(string name) => name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y"
        : name.EndsWith("ses", StringComparison.Ordinal) || name.EndsWith("xes", StringComparison.Ordinal) ? name[..^2]
        : name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) ? name[..^1] : name;

    private RelationshipDefinition Relate(LearnedColumn child, LearnedColumn parent)
    {
        child.IsForeign = true;
        child.Field = child.Field with { Unique = child.Field.Unique && !child.IsKey, Generator = null, NullPercent = null };
        var nulls = Math.Round(100 * child.NullShare, 2);
        var isSelf = child.Entity == parent.Entity;
        findings.Add(new("reference", child.Id, $"{child.Id} refers to {parent.Id}: all of its {counts[child].Count} different values are there{(nulls > 0 ? FormattableString.Invariant($", {nulls} % of rows have none") : "")}."));
        return new()
        {
            Name = LegalNames.Distinct(LegalNames.ToLegal($"{child.Entity.Name}_{(Called(child, parent) == 4 ? parent.Entity.Name : child.Name)}"), names),
            From = new(child.Entity.Name, [child.Name]),
            To = new(parent.Entity.Name, [parent.Name]),
            NullPercent = nulls > 0 && !isSelf ? nulls : null,
            RootPercent = isSelf ? Math.Clamp(nulls, 0.01, 100) : null,
        };
    }
}
