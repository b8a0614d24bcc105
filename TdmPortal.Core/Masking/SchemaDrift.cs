using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>How a source differs from the one that a policy was made for. A run stops until each difference is settled.</summary>
public static class SchemaDrift
{
    /// <summary>A column's type as policies remember it: <c>string(80)</c>, <c>integer</c>, <c>decimal(12,2)[]</c>.</summary>
    public static string TypeOf(ColumnDescription column)
    {
        var name = FieldTypeNames.Of(column.Type);
        var sized = column.Type switch
        {
            FieldType.String when column.MaxLength is { } length => string.Create(CultureInfo.InvariantCulture, $"{name}({length})"),
            FieldType.Decimal => string.Create(CultureInfo.InvariantCulture, $"{name}({column.Precision},{column.Scale})"),
            _ => name,
        };
        return column.IsArray ? sized + "[]" : sized;
    }

    /// <summary>What a policy is to remember of a source.</summary>
    public static IReadOnlyList<RememberedColumn> Remember(IReadOnlyList<SourceEntity> entities) =>
        [.. entities.SelectMany(entity => entity.Columns.Select(column => new RememberedColumn(entity.Name, column.Name, TypeOf(column))))];

    /// <summary>
    /// All differences, in the order of the source, gone columns last. A column that is gone and a new one are one renamed column where they
    /// are of one type and either hold the same kind of personal data, or are called alike, or stand between the same neighbours; where they
    /// hold different kinds they are not, unless they are called alike. Order and nullability are no drift.
    /// </summary>
    /// <param name="remembered">Empty: the policy was made for no source yet, so nothing drifts.</param>
    /// <param name="decisions">Of a plan over the source as it is now: what each column would become.</param>
    public static IReadOnlyList<ColumnDrift> Find(IReadOnlyList<RememberedColumn> remembered, IReadOnlyList<SourceEntity> entities, IReadOnlyList<ColumnDecision> decisions)
    {
        if (remembered.Count == 0)
            return [];
        var decided = decisions.ToDictionary(decision => (decision.Entity, decision.Field));
        var before = remembered.GroupBy(column => column.Entity, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var (found, gone) = (new List<ColumnDrift>(), new List<ColumnDrift>());
        foreach (var entity in entities)
        {
            var former = before.GetValueOrDefault(entity.Name) ?? [];
            before.Remove(entity.Name);
            var names = entity.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            var left = former.Where(column => !names.Contains(column.Field)).ToList();
            var known = former.Select(column => column.Field).ToHashSet(StringComparer.Ordinal);
            int[] added = [.. Enumerable.Range(0, entity.Columns.Count).Where(place => !known.Contains(entity.Columns[place].Name))];
            var renamed = RenamedColumns.Find(former, entity.Columns, added, left, field => decided.GetValueOrDefault((entity.Name, field)));
            left.RemoveAll(renamed.ContainsValue);
            for (var place = 0; place < entity.Columns.Count; place++)
            {
                var column = entity.Columns[place];
                var type = TypeOf(column);
                var decision = decided.GetValueOrDefault((entity.Name, column.Name));
                if (former.Find(one => one.Field == column.Name) is { } same)
                {
                    if (same.Type != type)
                        found.Add(new(DriftKind.Retyped, entity.Name, column.Name, same.Type, type, decision));
                }
                else if (renamed.TryGetValue(place, out var formerly))
                {
                    found.Add(new(DriftKind.Renamed, entity.Name, column.Name, formerly.Type, type, decision) { Former = formerly.Field });
                }
                else
                {
                    found.Add(new(DriftKind.New, entity.Name, column.Name, null, type, decision));
                }
            }

            gone.AddRange(left.Select(column => new ColumnDrift(DriftKind.Gone, entity.Name, column.Field, column.Type, null, null)));
        }

        gone.AddRange(before.Values.SelectMany(columns => columns).Select(column => new ColumnDrift(DriftKind.Gone, column.Entity, column.Field, column.Type, null, null)));
        return [.. found, .. gone];
    }

    /// <summary>Takes the source as it is now for what the policy was made for; rules that name a renamed column name its new name.</summary>
    public static MaskingPolicy Settle(MaskingPolicy policy, IReadOnlyList<SourceEntity> entities, IReadOnlyList<ColumnDrift> drift) => Settle(policy, Remember(entities), drift);

    /// <summary>As <see cref="Settle(MaskingPolicy, IReadOnlyList{SourceEntity}, IReadOnlyList{ColumnDrift})"/>, with what is to be remembered of the source.</summary>
    public static MaskingPolicy Settle(MaskingPolicy policy, IReadOnlyList<RememberedColumn> now, IReadOnlyList<ColumnDrift> drift)
    {
        var renamed = drift.Where(one => one.Kind == DriftKind.Renamed).ToDictionary(one => $"{one.Entity}.{one.Former}", one => $"{one.Entity}.{one.Field}", StringComparer.Ordinal);
        return policy with
        {
            Columns = now,
            Rules = [.. policy.Rules.Select(rule => rule with { Columns = Renamed(rule.Columns) })],
            Identities = [.. policy.Identities.Select(identity => identity with { Columns = Renamed(identity.Columns) })],
            QuasiIdentifiers = [.. policy.QuasiIdentifiers.Select(quasi => quasi with { Fields = [.. quasi.Fields.Select(field => Name(quasi.Entity, field)!)], Sensitive = Name(quasi.Entity, quasi.Sensitive) })],
        };

        IReadOnlyList<string> Renamed(IReadOnlyList<string> columns) => [.. columns.Select(column => renamed.GetValueOrDefault(column, column))];

        string? Name(string entity, string? field) => field is not null && renamed.TryGetValue($"{entity}.{field}", out var now) ? now[(entity.Length + 1)..] : field;
    }
}
