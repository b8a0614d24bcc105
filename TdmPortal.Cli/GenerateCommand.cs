using System.CommandLine;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Cli;

/// <summary>tdm generate: files of rows, an SQL script, or a range to standard output.</summary>
internal static class GenerateCommand
{
    private static readonly Dictionary<string, RowFormat> Formats = new(StringComparer.Ordinal)
    {
        ["csv"] = RowFormat.Csv,
        ["json"] = RowFormat.Json,
        ["ndjson"] = RowFormat.Ndjson,
        ["xml"] = RowFormat.Xml,
        ["sql"] = RowFormat.SqlInsert,
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var schema = new Argument<string>("schema") { Description = "The schema document (.schema.json)." };
        var to = new Option<string>("--out") { Description = "Folder for the files, - for standard output (with --entity), or /dev/null to make the rows and keep nothing.", Required = true };
        var format = new Option<string>("--format") { Description = "csv, json, ndjson, xml or sql.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var seed = new Option<long>("--seed") { Description = "Any whole number.", DefaultValueFactory = _ => 1 };
        var stable = new Option<string[]>("--stable") { Description = "ENTITY or ENTITY.FIELD that is made with --stable-seed instead." };
        var stableSeed = new Option<long>("--stable-seed") { Description = "The seed of what is --stable.", DefaultValueFactory = _ => 1 };
        var scenario = new Option<string[]>("--scenario") { Description = "A situation to make true: {\"name\": …, \"entity\": …, \"condition\": …, \"atLeast\": N}." };
        var rows = new Option<string[]>("--rows") { Description = "ENTITY=N: rows of an entity, instead of the schema's." };
        var scale = new Option<double>("--scale") { Description = "Multiplies the rows of every entity that scales.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "How many threads work; the bytes are the same for any number.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var asOf = new Option<string>("--as-of") { Description = "What now means in the schema.", DefaultValueFactory = _ => "2026-01-01T00:00:00Z" };
        var entity = new Option<string?>("--entity") { Description = "Only this entity." };
        var offset = new Option<long>("--offset") { Description = "First row, from 0 (with --entity)." };
        var limit = new Option<long?>("--limit") { Description = "Most rows (with --entity)." };
        var part = new Option<SqlPart>("--sql") { Description = "all, schema or data.", DefaultValueFactory = _ => SqlPart.All };
        var sqlRows = new Option<string>("--sql-rows") { Description = "insert or copy.", DefaultValueFactory = _ => "insert" };
        sqlRows.AcceptOnlyFromAmong("insert", "copy");
        var command = new Command("generate", "Generates rows.") { schema, to, format, seed, stable, stableSeed, scenario, rows, scale, threads, asOf, entity, offset, limit, part, sqlRows };
        command.SetAction((parsed, cancellation) =>
        {
            var plan = Compile(parsed.GetRequiredValue(schema), new()
            {
                Seed = parsed.GetRequiredValue(seed),
                Scale = Positive("--scale", parsed.GetRequiredValue(scale)),
                AsOf = Instant(parsed.GetRequiredValue(asOf)),
                Rows = Rows(parsed.GetValue(rows) ?? []),
                Stable = (parsed.GetValue(stable) ?? []).ToHashSet(StringComparer.Ordinal),
                StableSeed = parsed.GetRequiredValue(stableSeed),
                Scenarios = [.. (parsed.GetValue(scenario) ?? []).Select(text => ScenarioText.Read(text) ?? throw new UsageException($"--scenario {text}: not what is expected, see --help"))],
            }, error);
            var request = new GenerateRequest(parsed.GetRequiredValue(to), parsed.GetRequiredValue(format), (int)Positive("--threads", parsed.GetRequiredValue(threads)),
                parsed.GetValue(entity), parsed.GetValue(offset), parsed.GetValue(limit), parsed.GetRequiredValue(part), parsed.GetRequiredValue(sqlRows) == "copy" ? RowFormat.SqlCopy : RowFormat.SqlInsert);
            Run(plan, request, error, cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static GenerationPlan Compile(string path, GenerationOptions options, TextWriter error)
    {
        var (plan, problems) = GenerationPlan.Compile(SchemaFile.Read(path), options);
        if (plan is null)
            throw new SchemaInvalidException(problems);
        foreach (var warning in problems)
            error.WriteLine($"warning: {warning}");
        return plan;
    }

    private static void Run(GenerationPlan plan, GenerateRequest request, TextWriter error, CancellationToken cancellation)
    {
        if (request.Entity is null && (request.Offset != 0 || request.Limit is not null))
            throw new UsageException("--offset and --limit go with --entity");
        if (request.Out == "-")
        {
            if (request.Entity is null && request.Format != "sql")
                throw new UsageException("--out - takes one entity: name it with --entity");
            using var standard = Console.OpenStandardOutput();
            WriteTo(plan, request, standard, null, cancellation);
            return;
        }

        if (!OutputFile.IsDiscarded(request.Out))
            Directory.CreateDirectory(request.Out);
        if (request.Entity is not null || request.Format == "sql")
        {
            var name = request.Entity ?? request.Part switch { SqlPart.All => "all", SqlPart.Schema => "schema", _ => "data" };
            var progress = new ProgressLine(error, plan.Entities.Sum(one => one.Rows), TimeProvider.System);
            OutputFile.Write(request.Out, $"{name}.{request.Format}", stream => WriteTo(plan, request, stream, written => progress.Report(name, written), cancellation));
            progress.Clear();
            return;
        }

        foreach (var entity in plan.Entities)
        {
            var progress = new ProgressLine(error, entity.Rows, TimeProvider.System);
            OutputFile.Write(request.Out, $"{entity.Name}.{request.Format}",
                stream => plan.Write(entity, 0, entity.Rows, Formats[request.Format], stream, request.Threads, written => progress.Report(entity.Name, written), cancellation));
            progress.Clear();
        }
    }

    private static void WriteTo(GenerationPlan plan, GenerateRequest request, Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        if (request.Entity is null)
        {
            SqlScript.Write(plan, request.Part, request.SqlRows, stream, request.Threads, progress, cancellation);
            return;
        }

        var entity = plan.Entity(request.Entity);
        if (request.Offset < 0 || request.Offset > entity.Rows)
            throw new UsageException($"--offset {request.Offset}: {entity.Name} has {entity.Rows} rows");
        var count = Math.Min(request.Limit ?? long.MaxValue, entity.Rows - request.Offset);
        var format = request.Format == "sql" ? request.SqlRows : Formats[request.Format];
        plan.Write(entity, request.Offset, Math.Max(0, count), format, stream, request.Threads, progress, cancellation);
    }

    public static DateTimeOffset Instant(string text) => TimeText.TryParseInstant(text, 0, out var micros) && !text.StartsWith("now", StringComparison.Ordinal)
        ? DateTimeOffset.UnixEpoch.AddTicks(micros * 10)
        : throw new UsageException($"--as-of {text}: it is no instant, such as 2026-01-01T00:00:00Z");

    private static double Positive(string option, double value) => value > 0 && double.IsFinite(value) ? value : throw new UsageException($"{option} {value}: it must be above 0");

    private static Dictionary<string, long> Rows(string[] pairs)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !long.TryParse(pair.AsSpan(at + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count))
                throw new UsageException($"--rows {pair}: it takes ENTITY=N, N being 0 or more");
            rows[pair[..at]] = count;
        }

        return rows;
    }
}
