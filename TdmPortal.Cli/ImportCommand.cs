using System.CommandLine;
using System.Globalization;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Import;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;

namespace TdmPortal.Cli;

/// <summary>tdm import: a schema document from a database, from DDL or from sample files.</summary>
internal static class ImportCommand
{
    /// <summary>Lines of what is said about a file or an import, at most.</summary>
    private const int MostLines = 20;

    /// <summary>Below it a person had better look at a field.</summary>
    private const double Sure = 0.5;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("import", "Makes a schema document from what is there already.") { Postgres(output), Ddl(output), JsonSchema(output), Files(output, error, "csv", "CSV files with a header; dialect, encoding and types are found."), Files(output, error, "json", "JSON or NDJSON files.") };
        return command;
    }

    private static Command Postgres(TextWriter output)
    {
        var connection = new Argument<string>("connection") { Description = $"The database: {DatabaseConnection.Help}. It is only read." };
        var schemas = new Option<string?>("--schemas") { Description = "Names of schemas with commas between them; without it, all that are not the system's." };
        var tables = new Option<string[]>("--table") { Description = "SCHEMA.TABLE to import; without it, all." };
        var (to, rows, childRows, locale) = (Out(), Rows(), ChildRows(), Locale());
        var command = new Command("postgres", "The structure of a live PostgreSQL database.") { connection, schemas, tables, to, rows, childRows, locale };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var database = DatabaseConnection.Open("CONNECTION", parsed.GetRequiredValue(connection));
            var structure = await ReadAsync(database, Names(parsed.GetValue(schemas)), parsed.GetValue(tables) is { Length: > 0 } some ? some : null, cancellation);
            if (structure.Tables.Count == 0)
                throw new PortalException("import.no_tables", "The database has no table that the user may see in these schemas.") { SuggestedActions = ["Name other schemas", "Ask the owner for the right to read them"] };
            var path = parsed.GetRequiredValue(to);
            var imported = StructureImport.Make(structure, new(NameOf(path)) { Rows = parsed.GetRequiredValue(rows), ChildRows = parsed.GetRequiredValue(childRows), Locale = parsed.GetValue(locale) });
            Write(path, imported.Document);
            Report(output, path, imported);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Ddl(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "CREATE TABLE and the like, as pg_dump writes them, or - for standard input." };
        var (to, rows, childRows, locale) = (Out(), Rows(), ChildRows(), Locale());
        var command = new Command("ddl", "A file of DDL, without a server.") { file, to, rows, childRows, locale };
        command.SetAction(parsed =>
        {
            var (given, path) = (parsed.GetRequiredValue(file), parsed.GetRequiredValue(to));
            if (given != "-" && !File.Exists(given))
                throw new UsageException($"there is no file {given}");
            var structure = DdlReader.Read(given == "-" ? Console.In.ReadToEnd() : File.ReadAllText(given));
            if (structure.Tables.Count == 0)
                throw new PortalException("import.no_tables", $"{given} makes no table.") { SuggestedActions = ["Write the structure out with pg_dump --schema-only"] };
            var imported = StructureImport.Make(structure, new(NameOf(path)) { Rows = parsed.GetRequiredValue(rows), ChildRows = parsed.GetRequiredValue(childRows), Locale = parsed.GetValue(locale) });
            Write(path, imported.Document);
            Report(output, path, imported);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command JsonSchema(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "A JSON Schema (drafts 4 to 2020-12), or the JSON of an OpenAPI document, or - for standard input." };
        var (to, rows, childRows, locale) = (Out(), Rows(), ChildRows(), Locale());
        var command = new Command("jsonschema", "A JSON Schema: objects become entities, lists of objects entities that point to them.") { file, to, rows, childRows, locale };
        command.SetAction(parsed =>
        {
            var (given, path) = (parsed.GetRequiredValue(file), parsed.GetRequiredValue(to));
            if (given != "-" && !File.Exists(given))
                throw new UsageException($"there is no file {given}");
            var structure = JsonSchemaReader.Read(given == "-" ? System.Text.Encoding.UTF8.GetBytes(Console.In.ReadToEnd()) : File.ReadAllBytes(given), NameOf(path));
            var imported = StructureImport.Make(structure, new(NameOf(path)) { Rows = parsed.GetRequiredValue(rows), ChildRows = parsed.GetRequiredValue(childRows), Locale = parsed.GetValue(locale) });
            Write(path, imported.Document);
            Report(output, path, imported, isLoaded: false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The structure of a database, in a transaction that only reads.</summary>
    public static async Task<DatabaseStructure> ReadAsync(Npgsql.NpgsqlDataSource database, IReadOnlyList<string>? schemas, IReadOnlyList<string>? tables, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return await StructureReader.ReadAsync(connection, schemas, tables, cancellation);
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure) && !cancellation.IsCancellationRequested)
        {
            throw ServerFailure.Explain(failure, "Reading the database's structure");
        }
    }

    private static Command Files(TextWriter output, TextWriter error, string kind, string description)
    {
        var files = new Argument<string[]>("files") { Description = "Files or folders; an entity each.", Arity = ArgumentArity.OneOrMore };
        var (to, locale) = (Out(), Locale());
        var bad = new Option<string>("--bad-lines") { Description = "stop at the first line that is no row, or skip such lines and tell their numbers.", DefaultValueFactory = _ => "stop" };
        bad.AcceptOnlyFromAmong("stop", "skip");
        var command = new Command(kind, $"{description} What is made from the document has the sample's shapes; no value of a personal column is in it.") { files, to, bad, locale };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(to);
            var inspected = Inspect(parsed.GetRequiredValue(files), kind == "csv" ? [".csv", ".tsv", ".txt"] : [".json", ".ndjson", ".jsonl"], parsed.GetRequiredValue(bad) == "skip" ? BadLinePolicy.GoOn : BadLinePolicy.Stop, error, cancellation);
            var learned = SampleLearner.Learn(new SampleSource([.. inspected.Values], file => File.OpenRead(inspected.First(one => one.Value.Name == file).Key)), SampleStructure.Of(NameOf(path), [.. inspected.Values]), null, cancellation);
            var document = learned.Document with { Locale = parsed.GetValue(locale) ?? learned.Document.Locale };
            Write(path, document);
            output.WriteLine($"{path}: {Counted(document.Entities.Count, "entity", "entities")}, {Counted(document.Entities.Sum(entity => entity.Fields.Count), "field", "fields")}, {Counted(document.Relationships.Count, "relationship", "relationships")}");
            Unsure(output, learned.Reasons);
            Lines(output, [.. learned.Problems.Select(problem => $"{problem.Path}: {problem.Message}")]);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>Looks through sample files; by path.</summary>
    public static Dictionary<string, InspectedFile> Inspect(string[] given, string[] endings, BadLinePolicy bad, TextWriter error, CancellationToken cancellation)
    {
        var inspected = new Dictionary<string, InspectedFile>(StringComparer.Ordinal);
        foreach (var path in given.SelectMany(one => Directory.Exists(one) ? Directory.EnumerateFiles(one).Where(file => endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal).ToArray() : new[] { one }))
        {
            if (!File.Exists(path))
                throw new UsageException($"there is no file {path}");
            var file = FileInspection.Inspect(Path.GetFileName(path), () => File.OpenRead(path), null, new InspectionOptions { BadLines = bad }, cancellation);
            if (inspected.Values.Any(other => other.Name == file.Name))
                throw new UsageException($"{path}: another file has the same name");
            inspected.Add(path, file);
            if (file.BadLines > 0)
                Lines(error, [$"{path}: {Counted(file.BadLines, "line is no row", "lines are no rows")} and left out", .. file.FirstBadLines.Select(line => string.Create(CultureInfo.InvariantCulture, $"  line {line.Line}: {line.Reason}"))]);
        }

        return inspected.Count > 0 ? inspected : throw new UsageException($"there are no files that end in {string.Join(", ", endings)}");
    }

    private static void Report(TextWriter output, string path, ImportedSchema imported, bool isLoaded = true)
    {
        var document = imported.Document;
        output.WriteLine($"{path}: {Counted(document.Entities.Count, "table", "tables")}, {Counted(document.Entities.Sum(entity => entity.Fields.Count), "column", "columns")}, {Counted(document.Relationships.Count, "foreign key", "foreign keys")}, {Counted(document.Constraints.Count, "check", "checks")}");
        Unsure(output, imported.Reasons);
        if (imported.NotUnderstood.Count > 0)
            output.WriteLine($"not understood{(isLoaded ? ", and asked of the server when rows are loaded" : ", so rows may not keep to it")}: {imported.NotUnderstood.Count}");
        Lines(output, [.. imported.NotUnderstood.Select(rule => $"  {$"{rule.Table} {rule.Name}".Trim()}: {rule.Why}")]);
        Lines(output, [.. imported.Problems.Select(problem => $"  {problem.Path}: {problem.Message}")]);
    }

    private static void Unsure(TextWriter output, IReadOnlyDictionary<string, ProposedGenerator> reasons)
    {
        var unsure = reasons.Where(one => one.Value.Confidence < Sure).OrderBy(one => one.Value.Confidence).ToList();
        if (unsure.Count > 0)
            output.WriteLine($"worth a look, since little says what is in them: {Counted(unsure.Count, "field", "fields")}");
        Lines(output, [.. unsure.Select(one => $"  {one.Key}: {one.Value.Generator} ({one.Value.Reason})")]);
    }

    private static void Lines(TextWriter output, IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Take(MostLines))
            output.WriteLine(line);
        if (lines.Count > MostLines)
            output.WriteLine($"  and {lines.Count - MostLines} more");
    }

    private static void Write(string path, SchemaDocument document)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        OutputFile.Write(folder, Path.GetFileName(path), stream => stream.Write(SchemaWriter.Write(document)));
    }

    private static Option<string> Out() => new("--out") { Description = "The schema document to write, X.schema.json.", Required = true };

    private static Option<long> Rows() => new("--rows") { Description = "Rows of a table that points to no other.", DefaultValueFactory = _ => 100 };

    private static Option<long> ChildRows() => new("--child-rows") { Description = "Rows of a table that points to others.", DefaultValueFactory = _ => 500 };

    private static Option<string?> Locale() => new("--locale") { Description = "Language of names, places and words: en, de, fr …" };

    /// <summary>A document's name from its file's: customers.schema.json is customers.</summary>
    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        return LegalNames.ToLegal(name.Split('.')[0], "imported");
    }

    private static string[]? Names(string? given) => given?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Counted(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
