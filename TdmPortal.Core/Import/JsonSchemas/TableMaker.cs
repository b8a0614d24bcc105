using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>
/// Tables from objects. An object with rows of its own (the outermost, one with a key that several refer to, one that
/// has itself inside) is a table; one that is only inside of another is columns of it; a list of objects is a table
/// that points to its owner, or a table of pairs where both have rows of their own.
/// </summary>
internal sealed class TableMaker(ShapeGraph graph, SchemaReport report, string name)
{
    private const int MostTables = 500;
    private const int MostColumns = 900;
    private const int DeepestColumns = 6;
    private const int LongestTitle = 40;
    private readonly ColumnMaker maker = new(graph.Reader, report);
    private readonly List<SchemaTable> tables = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectNode, SchemaTable> own = [];
    private readonly HashSet<(ObjectNode, ObjectNode)> paired = [];
    private List<ObjectEdge> edges = [];

    public DatabaseStructure Make()
    {
        Unwrap();
        edges = [.. Reachable().SelectMany(node => node.Edges)];
        foreach (var node in graph.Roots.Concat(Reachable()).Distinct().Where(IsOwn).ToList())
            own.Add(node, Declare(node, node.Name ?? Title(node) ?? name));
        foreach (var (node, table) in own.ToList())
        {
            if (OnlyOwner(node) is { } edge)
                table.PointTo(own[edge.From], $"_{own[edge.From].Name}_id", !node.IsRecursive && edge.From != node, Children(edge));
            Fill(table);
        }

        report.ThrowIfWrong();
        return new([.. tables.Select(table => table.ToTable())], maker.Types) { NotUnderstood = report.Notes };
    }

    /// <summary>An outermost object that only holds lists of others is no row; each list is a table.</summary>
    private void Unwrap()
    {
        if (graph.Roots is not [{ IsRecursive: false } only] || only.Edges.Count != only.Shape.PropertyOrder.Count || !only.Edges.TrueForAll(edge => edge.IsMany))
            return;
        only.IsRoot = false;
        graph.Roots.Clear();
        foreach (var edge in only.Edges)
        {
            edge.To.IsRoot = true;
            edge.To.Name ??= edge.Member;
            graph.Roots.Add(edge.To);
        }
    }

    private HashSet<ObjectNode> Reachable()
    {
        var seen = new HashSet<ObjectNode>();
        void Visit(ObjectNode node)
        {
            if (!seen.Add(node))
                return;
            foreach (var edge in node.Edges)
                Visit(edge.To);
        }

        graph.Roots.ForEach(Visit);
        return seen;
    }

    private bool IsOwn(ObjectNode node) =>
        node.IsRoot || node.IsRecursive || (node is { Name: not null, KeyMember: not null } && (edges.Exists(edge => edge.To == node && !edge.IsMany) || edges.Count(edge => edge.To == node) > 1));

    /// <summary>The list that rows of the table stand in, where there is only one; null where they stand in none or in several, or already point there.</summary>
    private ObjectEdge? OnlyOwner(ObjectNode node)
    {
        var lists = edges.Where(edge => edge.To == node && edge.IsMany).ToList();
        return lists is [var only] && own.ContainsKey(only.From) && !PointsBack(only) && !(only.From != node && edges.Exists(edge => edge.From == node && edge.To == only.From && edge.IsMany)) ? only : null;
    }

    private static bool PointsBack(ObjectEdge list) => list.To.Edges.Count(edge => !edge.IsMany && edge.To == list.From) == 1;

    private static string? Title(ObjectNode node) => node.Shape.Title is { Length: > 0 and <= LongestTitle } title ? title : null;

    private SchemaTable Declare(ObjectNode node, string wanted)
    {
        if (tables.Count >= MostTables)
            throw report.Stop(node.Shape.Pointer, "import.json_schema_too_large", $"It has more than {MostTables} kinds of objects.", "Import a part of it");
        var table = new SchemaTable(LegalNames.Distinct(LegalNames.ToLegal(wanted, "entity"), names), node);
        tables.Add(table);
        if (node.KeyMember is { } key)
            table.Identify(maker.Make(key, node.Shape.Properties[key]).Column);
        return table;
    }

    private void Fill(SchemaTable table) => Members(table, table.Node, "", null, 0);

    /// <param name="prefix">Path of the object, with a point behind it.</param>
    /// <param name="presence">Column that is null where the object is not there; null: it always is.</param>
    private void Members(SchemaTable table, ObjectNode node, string prefix, string? presence, int depth)
    {
        var shape = node.Shape;
        foreach (var member in shape.PropertyOrder)
        {
            var parts = shape.Properties[member];
            var path = prefix + member;
            var memberShape = graph.Reader.Read(parts);
            if (memberShape.IsImpossible)
                continue;
            var edge = node.Edges.Find(one => one.Member == member);
            var isRequired = shape.Required.Contains(member) && !memberShape.CanBeNull;
            if (edge is { IsMany: true })
                List(table, edge, path);
            else if (edge is not null && own.TryGetValue(edge.To, out var parent))
                table.PointTo(parent, $"{path}.{parent.NeedKey().Name}", isRequired && presence is null, comment: memberShape.Description);
            else if (edge is not null && depth < DeepestColumns && table.Columns.Count < MostColumns)
                Inside(table, edge, path, isRequired, presence, depth);
            else if (table.Columns.Count <= MostColumns)
                Column(table, path, parts, prefix.Length == 0 && member == node.KeyMember || isRequired, presence);
            else
                report.Note(memberShape.Pointer, path, $"A table has no more than {MostColumns} columns; this one is left out.");
        }

        foreach (var rule in shape.Rules)
            Rule(table, node, rule, prefix, presence);
        foreach (var not in shape.Not)
            report.Note(not.Pointer, "not", "Rows are not made to keep to it.");
        if (shape.MinProperties > shape.Required.Count)
            report.Note($"{shape.Pointer}/minProperties", "minProperties", "How many members are there is left to chance.");
    }

    private void Column(SchemaTable table, string path, IReadOnlyList<SchemaPart> parts, bool isRequired, string? presence)
    {
        var (column, checks) = maker.Make(path, parts);
        table.Columns.Add(column with { NotNull = isRequired, PresentWith = presence });
        table.Checks.AddRange(checks);
    }

    /// <summary>An object's members as columns. Where it need not be there, one that must be in it says whether it is.</summary>
    private void Inside(SchemaTable table, ObjectEdge edge, string path, bool isRequired, string? presence, int depth)
    {
        var node = edge.To;
        var required = node.Shape.PropertyOrder.Where(member => node.Shape.Required.Contains(member) && graph.Reader.Read(node.Shape.Properties[member]) is { CanBeNull: false, IsImpossible: false }).ToList();
        var lead = isRequired || node.Edges.Exists(one => one.IsMany || own.ContainsKey(one.To)) ? null : required.Find(member => !node.Edges.Exists(one => one.Member == member));
        if (lead is null)
        {
            Members(table, node, $"{path}.", presence, depth + 1);
            return;
        }

        var leading = $"{path}.{lead}";
        var from = table.Columns.Count;
        Members(table, node, $"{path}.", leading, depth + 1);
        var at = table.Columns.FindIndex(from, column => column.Name == leading);
        if (at >= 0)
            table.Columns[at] = table.Columns[at] with { NotNull = false, PresentWith = presence };
    }

    private void List(SchemaTable table, ObjectEdge edge, string path)
    {
        var children = Children(edge);
        if (!own.TryGetValue(edge.To, out var child))
        {
            child = Declare(edge.To, edge.To.Name is { } named && edges.Count(one => one.To == edge.To) == 1 ? named : $"{table.Name}_{path}");
            child.PointTo(table, $"_{table.Name}_id", isRequired: true, children);
            Fill(child);
        }
        else if (!(OnlyOwner(edge.To) == edge || (table == own.GetValueOrDefault(edge.From) && PointsBack(edge))) && paired.Add((edge.From, edge.To)) && !paired.Contains((edge.To, edge.From)))
        {
            var pair = new SchemaTable(LegalNames.Distinct(LegalNames.ToLegal($"{table.Name}_{path}", "entity"), names), edge.To);
            tables.Add(pair);
            pair.PointTo(table, $"_{table.Name}_id", isRequired: true, children);
            pair.PointTo(child, $"_{child.Name}_id", isRequired: true);
            pair.Pair = [.. pair.Columns.Select(column => column.Name)];
        }
    }

    /// <summary>How many items a list has, where the schema says so.</summary>
    private static (int Min, int Max)? Children(ObjectEdge edge)
    {
        var (least, most) = (Math.Min(edge.Shape.MinItems, 1000), Math.Min(edge.Shape.MaxItems ?? int.MaxValue, 1000));
        return least == 0 && edge.Shape.MaxItems is null ? null : (least, Math.Max(least, Math.Min(most, least + 3)));
    }

    private void Rule(SchemaTable table, ObjectNode node, SchemaRule rule, string prefix, string? presence)
    {
        var paths = rule.Members.Select(member => prefix + member).ToList();
        if (paths.Count < 2 || paths.Exists(path => !table.Columns.Exists(column => column.Name == path)))
        {
            if (rule.Kind != SchemaRuleKind.Needs || !rule.Members.Skip(1).All(node.Shape.Required.Contains))
                report.Note(node.Shape.Pointer, string.Join(", ", rule.Members), "It ties members together that are no columns of one row, so rows are not made to keep to it.");
            return;
        }

        var columns = paths.ConvertAll(ColumnMaker.Quoted);
        var expression = rule.Kind switch
        {
            SchemaRuleKind.Needs => $"{columns[0]} is null or ({string.Join(" and ", columns.Skip(1).Select(column => $"{column} is not null"))})",
            SchemaRuleKind.One => $"num_nonnulls({string.Join(", ", columns)}) = 1",
            _ => $"num_nonnulls({string.Join(", ", columns)}) >= 1",
        };
        if (presence is not null)
            expression = $"{ColumnMaker.Quoted(presence)} is null or ({expression})";
        table.Checks.Add(new(string.Create(CultureInfo.InvariantCulture, $"{table.Name}_rule_{table.Checks.Count + 1}"), expression, paths));
    }
}
