using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Import;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;
using TdmPortal.Tests.Databases;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>What comes of a structure that is imported, generated and loaded without a hand on it.</summary>
/// <param name="Tables">How many it has.</param>
/// <param name="Failed">Those that stay empty, with the reason.</param>
internal sealed record StructureFilling(int Tables, IReadOnlyDictionary<string, string> Failed, ImportedSchema Imported, long Rows)
{
    public static string Script(string structure) => File.ReadAllText(Repository.PathOf("TdmPortal.Tests", "Import", "Structures", structure + ".sql"));

    public static async Task<StructureFilling> OfAsync(DatabaseServer server, string structure)
    {
        await using var database = await TestDatabase.CreateAsync(server, Script(structure));
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var read = await StructureReader.ReadAsync(connection, null, null, TestContext.Current.CancellationToken);
        var imported = StructureImport.Make(read, new(structure) { Rows = 20, ChildRows = 60 });
        var (document, failed, rows) = (imported.Document, new SortedDictionary<string, string>(StringComparer.Ordinal), 0L);
        foreach (var table in read.Tables.Where(table => !document.Entities.Any(entity => entity.Table == new TableName(table.Schema, table.Name) || (entity.Table?.Name ?? entity.Name) == table.Name)))
            failed.Add($"{table.Schema}.{table.Name}", "not imported");

        // Who fails is left out with all that point to it, until the rest goes in.
        while (document.Entities.Count > 0)
        {
            var (found, reason) = await TryAsync(database.Source, document, count => rows = count);
            if (reason is null)
                break;
            var left = found.Count > 0 ? found : [document.Entities[0].Name];
            foreach (var name in left)
                failed[name] = reason;
            for (var more = true; more;)
            {
                var children = document.Relationships.Where(link => left.Contains(link.To.Entity) && !left.Contains(link.From.Entity)).Select(link => link.From.Entity).Distinct().ToList();
                foreach (var child in children)
                    failed[child] = $"points to {string.Join(", ", found)}";
                left = [.. left, .. children];
                more = children.Count > 0;
            }

            document = document with
            {
                Entities = [.. document.Entities.Where(entity => !left.Contains(entity.Name))],
                Relationships = [.. document.Relationships.Where(link => !left.Contains(link.From.Entity))],
                Constraints = [.. document.Constraints.Where(check => !left.Contains(check.Entity))],
            };
        }

        return new(read.Tables.Count, failed, imported, rows);
    }

    private static async Task<(List<string> Entities, string? Reason)> TryAsync(NpgsqlDataSource database, SchemaDocument document, Action<long> done)
    {
        try
        {
            var (plan, problems) = GenerationPlan.Compile(document, new());
            if (plan is null)
            {
                var first = problems.First(problem => problem.Severity == ProblemSeverity.Error);
                return ([.. document.Entities.Where((entity, i) => first.Path.StartsWith($"entities[{i}]", StringComparison.Ordinal) || Named(document, first.Path, entity.Name))
                    .Select(entity => entity.Name).Take(1)], $"compile: {first.Path}: {first.Message}");
            }

            done((await TableLoader.LoadAsync(database, plan, new(), null, TestContext.Current.CancellationToken)).Rows);
            return ([], null);
        }
        catch (LoadRefusedException refused)
        {
            return ([.. document.Entities.Where(entity => refused.Reasons.Any(reason => reason.Contains($".{entity.Table?.Name ?? entity.Name}", StringComparison.Ordinal))).Select(entity => entity.Name).Take(1)], "refused: " + string.Join("; ", refused.Reasons));
        }
        catch (PortalException failure)
        {
            return ([.. document.Entities.Where(entity => failure.Message.Contains($" {entity.Table?.Schema ?? "public"}.{entity.Table?.Name ?? entity.Name} failed", StringComparison.Ordinal) || failure.Message.StartsWith(entity.Name + ",", StringComparison.Ordinal) || failure.Message.StartsWith(entity.Name + ".", StringComparison.Ordinal)).Select(entity => entity.Name).Take(1)], failure.Message);
        }
    }

    private static bool Named(SchemaDocument document, string path, string entity) =>
        document.Relationships.Where((_, i) => path.StartsWith($"relationships[{i}]", StringComparison.Ordinal)).Any(link => link.From.Entity == entity)
        || document.Constraints.Where((_, i) => path.StartsWith($"constraints[{i}]", StringComparison.Ordinal)).Any(check => check.Entity == entity);
}
