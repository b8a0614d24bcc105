using System.Globalization;
using TdmPortal.Core.Import;

namespace TdmPortal.Tests.Import;

/// <summary>A structure as lines, without what only a server knows and without how it writes expressions.</summary>
internal static class StructureText
{
    public static IReadOnlyList<string> Of(DatabaseStructure structure)
    {
        var lines = new List<string>();
        foreach (var table in structure.Tables)
        {
            var name = $"{table.Schema}.{table.Name}";
            lines.Add($"{name}: {table.Comment} inherits {string.Join(',', table.Inherits)} triggers {table.Triggers.Count} {Partitions(table.Partitioning)}");
            lines.AddRange(table.Columns.Select(column => $"{name} {Column(column)}"));
            lines.AddRange(table.Keys.Select(key => $"{name} key {key.Name} ({string.Join(',', key.Columns)}) {(key.IsPrimary ? "primary" : "")} {(key.Deferrable ? "deferrable" : "")} {(key.NullsEqual ? "nulls equal" : "")} {(key.Where is null ? "" : "partial")} {key.Expressions.Count}"));
            lines.AddRange(table.ForeignKeys.Select(key => $"{name} foreign key {key.Name} ({string.Join(',', key.Columns)}) to {key.ParentSchema}.{key.Parent} ({string.Join(',', key.ParentColumns)}) {key.Deferrable} {key.MatchFull}"));
            lines.AddRange(table.Checks.Select(check => $"{name} check {check.Name} ({string.Join(',', check.Columns.Order(StringComparer.Ordinal))})"));
            lines.AddRange(table.Exclusions.Select(check => $"{name} exclude {check.Name} ({string.Join(',', check.Columns)})"));
        }

        lines.AddRange(structure.Types.Select(type => $"type {type.Schema}.{type.Name} {string.Join(',', type.Values)} {(type.Base is null ? "" : Column(type.Base with { Name = "" }))} checks {type.Checks.Count} {string.Join(',', type.Attributes.Select(Column))} {type.Subtype}"));
        lines.AddRange(structure.NotUnderstood.Select(one => $"not understood {one.Table} {one.Name}"));
        return lines;
    }

    private static string Partitions(DatabasePartitioning? partitioning) =>
        partitioning is null ? "" : $"by {partitioning.Strategy} ({string.Join(',', partitioning.Columns)}) {string.Join("; ", partitioning.Partitions.Select(one => $"{one.Name} {Partitions(one.Partitioning)}"))}";

    private static string Column(DatabaseColumn column) => string.Create(CultureInfo.InvariantCulture,
        $"{column.Name} {column.SqlType} ({column.BaseType} {column.TypeSchema} {column.MaxLength} {column.Precision} {column.Scale} {column.Dimensions}) {(column.NotNull ? "not null" : "")} {(column.Default is null ? "" : "default")} {column.Identity?.Always} {column.Identity?.Start} {column.Identity?.Step} {(column.Generated is null ? "" : "generated")} {column.Comment}");
}
