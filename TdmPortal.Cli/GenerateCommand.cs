using System.CommandLine;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Cli;

/// <summary>tdm generate: files of rows, an SQL script, or a range to standard output.</summary>
internal static class GenerateCommand
{
    public static readonly IReadOnlyDictionary<string, RowFormat> Formats = new Dictionary<string, RowFormat>(StringComparer.Ordinal)
    {
        ["csv"] = RowFormat.Csv,
        ["csv-spreadsheet"] = RowFormat.CsvForSpreadsheets,
        ["json"] = RowFormat.Json,
        ["ndjson"] = RowFormat.Ndjson,
        ["xml"] = RowFormat.Xml,
        ["sql"] = RowFormat.SqlInsert,
    };

    /// <summary>How a file's name ends.</summary>
    public static string EndingOf(string format) => Formats[format] == RowFormat.CsvForSpreadsheets ? "csv" : format;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var schema = new Argument<string>("schema") { Description = "The schema document (.schema.json)." };
        var to = new Option<string>("--out") { Description = "Folder for the files, - for standard output (with --entity), or /dev/null to make the rows and keep nothing.", Required = true };
        var format = new Option<string>("--format") { Description = "csv, csv-spreadsheet (texts that would be formulas are made harmless), json, ndjson, xml or sql.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var entity = new Option<string?>("--entity") { Description = "Only this entity." };
        var offset = new Option<long>("--offset") { Description = "First row, from 0 (with --entity)." };
        var limit = new Option<long?>("--limit") { Description = "Most rows (with --entity)." };
        var part = new Option<SqlPart>("--sql") { Description = "all, schema or data.", DefaultValueFactory = _ => SqlPart.All };
        var sqlRows = new Option<string>("--sql-rows") { Description = "insert or copy.", DefaultValueFactory = _ => "insert" };
        sqlRows.AcceptOnlyFromAmong("insert", "copy");
        var command = new Command("generate", "Generates rows.") { schema, to, format, entity, offset, limit, part, sqlRows };
        var options = new PlanOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var plan = options.Compile(parsed, parsed.GetRequiredValue(schema), error);
            var request = new GenerateRequest(parsed.GetRequiredValue(to), parsed.GetRequiredValue(format), options.Threads(parsed),
                parsed.GetValue(entity), parsed.GetValue(offset), parsed.GetValue(limit), parsed.GetRequiredValue(part), parsed.GetRequiredValue(sqlRows) == "copy" ? RowFormat.SqlCopy : RowFormat.SqlInsert);
            Run(plan, request, error, cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
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
            OutputFile.Write(request.Out, $"{entity.Name}.{EndingOf(request.Format)}",
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
}
