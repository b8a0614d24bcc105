using System.CommandLine;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Cli;

/// <summary>tdm check: whether files keep a schema's rules.</summary>
internal static class CheckCommand
{
    private static readonly string[] Endings = [".csv", ".json", ".ndjson", ".jsonl", ".xml"];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var schema = new Argument<string>("schema") { Description = "The schema document (.schema.json)." };
        var files = new Argument<string[]>("files") { Description = "Files or folders: csv (with a header), json, ndjson or xml. A file is called like its entity, or written ENTITY=FILE.", Arity = ArgumentArity.OneOrMore };
        var rules = new Option<string?>("--rules") { Description = "A rule set as JSON; without it, the rules that follow from the schema." };
        var level = new Option<string>("--level") { Description = "basic, standard or premium: how much is measured beside the rules.", DefaultValueFactory = _ => "basic" };
        level.AcceptOnlyFromAmong("basic", "standard", "premium");
        var asOf = new Option<string>("--as-of") { Description = "What now means in rules.", DefaultValueFactory = _ => "2026-01-01T00:00:00Z" };
        var json = new Option<bool>("--json") { Description = "Writes the results as JSON." };
        var reference = new Option<string[]>("--reference") { Description = "Sample files that the rows are compared with (csv in any dialect, json, ndjson), called like the entities or written ENTITY=FILE; needs level standard or premium.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("check", "Checks files against a schema's rules: exit 0 when they hold, 1 when one of severity error does not, 2 for bad usage.") { schema, files, rules, level, asOf, json, reference };
        command.SetAction((parsed, cancellation) =>
        {
            var document = SchemaFile.Read(parsed.GetRequiredValue(schema));
            var named = Files(document, parsed.GetRequiredValue(files));
            var set = Within(document, Rules(document, parsed.GetValue(rules)), [.. named.Select(file => file.Entity)], out var left);
            var source = new FileSource(document, named, File.OpenRead);
            var measured = Enum.Parse<QualityLevel>(parsed.GetRequiredValue(level), ignoreCase: true);
            var compared = parsed.GetValue(reference) is { Length: > 0 } samples ? Reference(document, Files(document, samples), measured, cancellation) : null as (string Name, byte[] Profile)?;
            var inspection = new Inspection(document, source.Entities, set, measured, PlanOptions.Instant(parsed.GetRequiredValue(asOf)));
            inspection.Read(source, threads: 1, null, cancellation);
            var report = inspection.Complete(source, compared, step: null, cancellation);
            if (parsed.GetValue(json))
                CheckReport.WriteJson(output, named, report);
            else
                CheckReport.WriteText(output, named, report, left);
            return Task.FromResult(report.Rules.Any(result => !result.Holds && result.Rule.Severity == RuleSeverity.Error) || report.Scenarios.Any(scenario => !scenario.Holds) ? ExitCode.Mistake : ExitCode.Done);
        });
        return command;
    }

    /// <summary>Measures sample files in whatever dialect they are.</summary>
    private static (string Name, byte[] Profile) Reference(SchemaDocument document, List<(string Entity, string Path)> samples, QualityLevel level, CancellationToken cancellation)
    {
        if (level == QualityLevel.Basic)
            throw new UsageException("--reference compares figures that level basic does not measure; add --level standard or premium");
        var rows = new List<(string Entity, InspectedFile File, InspectedEntity Rows)>();
        foreach (var (entity, path) in samples)
        {
            if (Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"{path}: a sample is csv, json or ndjson");
            var file = FileInspection.Inspect(path, () => File.OpenRead(path), cancellation: cancellation);
            rows.Add((entity, file, file.Entities.FirstOrDefault(one => one.Name == entity) ?? (file.Entities.Count == 1 ? file.Entities[0] : throw new UsageException($"{path} has {string.Join(", ", file.Entities.Select(one => one.Name))}, but no {entity}"))));
        }

        return (string.Join(", ", samples.Select(sample => Path.GetFileName(sample.Path))), ReferenceProfile.Of(document, new SampleSource(document, rows, File.OpenRead), level, cancellation: cancellation));
    }

    private static List<(string Entity, string Path)> Files(SchemaDocument document, string[] given)
    {
        var files = new List<(string Entity, string Path)>();
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && !File.Exists(text))
                Add(text[..at], text[(at + 1)..], named: true);
            else if (Directory.Exists(text))
                Folder(text);
            else
                Add(EntityOf(text), text, named: false);
        }

        return files;

        void Folder(string folder)
        {
            var found = Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()) && document.Entities.Any(entity => entity.Name == EntityOf(file))).Order(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
                throw new UsageException($"{folder} has no file called like an entity of the schema, such as {document.Entities[0].Name}.csv");
            foreach (var file in found)
                Add(EntityOf(file), file, named: false);
        }

        void Add(string entity, string path, bool named)
        {
            if (document.Entities.All(one => one.Name != entity))
                throw new UsageException($"{path}: the schema has no entity {entity}{(named ? "" : $"; say which one it is: ENTITY={path}")}. It has {string.Join(", ", document.Entities.Take(8).Select(one => one.Name))}");
            if (!File.Exists(path))
                throw new UsageException($"there is no file {path}");
            if (files.Exists(file => file.Entity == entity))
                throw new UsageException($"{path}: there is another file for {entity}");
            files.Add((entity, path));
        }
    }

    private static string EntityOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static QualityRules Rules(SchemaDocument document, string? path)
    {
        var derived = DerivedRules.From(document);
        if (path is null)
            return derived;
        if (!File.Exists(path))
            throw new UsageException($"there is no file {path}");
        var (rules, problems) = RulesFile.Read(File.ReadAllBytes(path));
        if (rules is not null && problems.Count == 0)
            problems = RuleValidator.Validate(document, rules);
        if (rules is null || problems.Count > 0)
            throw new SchemaInvalidException(problems);

        // Cells that cannot be read are told whatever the rules are.
        var names = rules.Rules.Select(rule => rule.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var types = derived.Rules.Where(rule => rule.Check == "type" && names.Add(rule.Name) && !rules.Rules.Any(one => one.Check == "type" && one.Entity == rule.Entity && one.Columns.SequenceEqual(rule.Columns, StringComparer.Ordinal)));
        return rules with { Rules = [.. rules.Rules, .. types] };
    }

    /// <summary>The rules that look at nothing but the entities that there are files of.</summary>
    private static QualityRules Within(SchemaDocument document, QualityRules rules, HashSet<string> entities, out int left)
    {
        var within = rules with
        {
            Rules = [.. rules.Rules.Where(rule => rule.Enabled && RuleReach.Of(document, rule).IsSubsetOf(entities))],
            Scenarios = [.. rules.Scenarios.Where(scenario => RuleReach.Of(document, scenario).IsSubsetOf(entities))],
        };
        left = rules.Rules.Count(rule => rule.Enabled) - within.Rules.Count + rules.Scenarios.Count - within.Scenarios.Count;
        return within;
    }
}
