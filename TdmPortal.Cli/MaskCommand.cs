using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Subsets;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;

namespace TdmPortal.Cli;

/// <summary>tdm mask: the rows of a database or of files, masked by a policy, into files or another database. Originals are kept nowhere.</summary>
internal static partial class MaskCommand
{
    private static readonly string[] Endings = [".csv", ".tsv", ".json", ".ndjson", ".jsonl"];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var source = new Argument<string[]>("source") { Description = $"A database ({DatabaseConnection.Help}), or files and folders.", Arity = ArgumentArity.OneOrMore };
        var policy = new Option<string>("--policy") { Description = "The masking policy (JSON).", Required = true };
        var keyFile = new Option<string?>("--key-file") { Description = "A file with the key: 32 bytes, as they are or as 64 hexadecimal digits. The same key masks the same value the same way." };
        var keyVariable = new Option<string?>("--key-env") { Description = "An environment variable with the key, as 64 hexadecimal digits." };
        var subset = new Option<string[]>("--subset") { Description = "The part that is taken, with parents and children: \"customer=5%\" or \"customer where country = 'DE'\"; again for others. Goes before the policy's.", Arity = ArgumentArity.OneOrMore };
        var bad = new Option<string>("--bad-lines") { Description = "Lines of files that are no rows: stop, or skip.", DefaultValueFactory = _ => "stop" };
        bad.AcceptOnlyFromAmong("stop", "skip");
        var schema = new Option<string?>("--schema") { Description = "The schema document of the source; without it, the source is imported." };
        var schemas = new Option<string?>("--schemas") { Description = "Schemas of a source database, with commas between them." };
        var to = new Option<string?>("--to") { Description = $"The database that takes the masked rows into its tables: {DatabaseConnection.Help}." };
        var folder = new Option<string?>("--out") { Description = "The folder that takes the masked rows as files." };
        var format = new Option<string>("--format") { Description = "csv, csv-spreadsheet (texts that would be formulas are made harmless), json, ndjson, xml or sql.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong([.. GenerateCommand.Formats.Keys]);
        var truncate = new Option<bool>("--truncate") { Description = "Empties the tables of --to first, in the same transaction." };
        var append = new Option<bool>("--append") { Description = "Adds to rows that the tables of --to have." };
        var threads = new Option<int>("--threads") { Description = "How many threads mask; the values are the same for any number.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var asOf = new Option<string>("--as-of") { Description = "What now means for ages.", DefaultValueFactory = _ => "2026-01-01T00:00:00Z" };
        var command = new Command("mask", "Masks rows by a policy; ends with 1 and leaves nothing where an original was found again.") { source, policy, keyFile, keyVariable, subset, bad, schema, schemas, to, folder, format, truncate, append, threads, asOf };
        command.SetAction(async (parsed, cancellation) =>
        {
            if ((parsed.GetValue(to) is null) == (parsed.GetValue(folder) is null))
                throw new UsageException("say where the masked rows go: --out FOLDER or --to CONNECTION");
            if (parsed.GetValue(append) && parsed.GetValue(truncate))
                throw new UsageException("--append and --truncate do not go together");
            var rules = Policy(parsed.GetRequiredValue(policy));
            if (parsed.GetValue(subset) is { Length: > 0 } parts)
                rules = rules with { Subset = (rules.Subset ?? new([])) with { Chosen = [.. parts.Select(Part)] } };
            var key = Key(parsed.GetValue(keyFile), parsed.GetValue(keyVariable));
            await using var target = parsed.GetValue(to) is { } connection ? DatabaseConnection.Open("--to", connection) : null;
            await using var opened = await MaskInputSource.OpenAsync(parsed.GetRequiredValue(source), parsed.GetValue(schema), parsed.GetValue(schemas), Endings, parsed.GetRequiredValue(bad) == "skip" ? BadLinePolicy.GoOn : BadLinePolicy.Stop, error, cancellation);
            var (masked, prover) = Prepare(opened, rules, key, parsed.GetRequiredValue(threads), PlanOptions.Instant(parsed.GetRequiredValue(asOf)), output, cancellation);
            var existing = parsed.GetValue(append) ? ExistingRows.Append : parsed.GetValue(truncate) ? ExistingRows.Truncate : ExistingRows.Refuse;
            if (target is null)
                await Task.Run(() => ToFiles(opened, masked, prover, parsed.GetValue(folder)!, parsed.GetRequiredValue(format), output, error, cancellation), cancellation);
            else
                await ToDatabaseAsync(opened, masked, prover, target, new() { Existing = existing, Threads = parsed.GetRequiredValue(threads) }, output, error, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static (MaskedSource Masked, MaskingProver Prover) Prepare(MaskInputSource source, MaskingPolicy policy, MaskingKey key, int threads, DateTimeOffset asOf, TextWriter output, CancellationToken cancellation)
    {
        var result = MaskPlan.Compile(new(source.Document, source.Rows.Entities, policy, key)
        {
            Findings = PersonalDataSearch.Find(source.Rows, source.Document, cancellation: cancellation), AsOf = (asOf - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        });
        var drift = policy.Columns.Count == 0 ? [] : SchemaDrift.Find(policy.Columns, source.Rows.Entities, result.Decisions);
        if (drift.Count > 0)
        {
            throw new PortalException("masking.drift", $"The source is not as it was when the policy was written: {string.Join("; ", drift.Take(10).Select(one => $"{one.Entity}.{one.Field} is {(one.Former is { } former ? $"what was {former}" : one.Before is null ? "new" : one.After is null ? "gone" : $"{one.After} instead of {one.Before}")}"))}{(drift.Count > 10 ? $"; and {drift.Count - 10} more" : "")}. Nothing was masked.")
            {
                SuggestedActions = ["Give the policy a rule for each of them, and its columns as they are now"],
            };
        }

        if (result.Plan is not { } plan)
            throw new SchemaInvalidException(result.Problems);
        foreach (var warning in result.Problems)
            output.WriteLine(warning.Message);
        foreach (var decision in result.Decisions.Where(decision => decision.Masker is not null))
            output.WriteLine($"{decision.Entity}.{decision.Field}: {decision.Masker}{(decision.Personal is { } kind ? $" ({kind})" : "")}");
        var rows = policy.Subset is { } subset ? Subset.Take(source.Rows, source.Document, subset, null, cancellation) : source.Rows;
        var masked = new MaskedSource(rows, plan, Math.Max(1, threads));
        masked.Prepare(null, cancellation);
        return (masked, new(source.Rows.Entities, result.Decisions, policy));
    }

    /// <summary>Files appear under their names together, once the proof holds.</summary>
    private static void ToFiles(MaskInputSource source, MaskedSource masked, MaskingProver prover, string folder, string format, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var partial = Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".mask.{Environment.ProcessId}.partial"))).FullName;
        try
        {
            foreach (var entity in masked.Entities)
            {
                var progress = new ProgressLine(error, entity.Rows ?? 0, TimeProvider.System);
                var table = SqlSchema.TableName(source.Document.Entities.First(one => one.Name == entity.Name), null);
                var (written, rows) = (0L, 0L);
                OutputFile.Write(partial, $"{entity.Name}.{GenerateCommand.EndingOf(format)}", stream => rows = SourceWriter.Write(masked.Beside, masked.Beside.Entities.First(one => one.Name == entity.Name), entity.Columns, table, GenerateCommand.Formats[format], stream, prover.PassesOf(entity.Name), more => progress.Report(entity.Name, written += more), cancellation));
                progress.Clear();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entity.Name}: {rows:N0} rows"));
                Unread(masked, entity, error);
            }

            Prove(prover.Complete(masked, masked.Beside, cancellation), output);
            foreach (var file in Directory.EnumerateFiles(partial))
                File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
        finally
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The proof comes first, by a reading of its own: what is loaded is what was proved, since the source does not change.</summary>
    private static async Task ToDatabaseAsync(MaskInputSource source, MaskedSource masked, MaskingProver prover, Npgsql.NpgsqlDataSource target, LoadOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        await Task.Run(() =>
        {
            foreach (var entity in masked.Beside.Entities)
                _ = RowPasses.Run(masked.Beside, entity, prover.PassesOf(entity.Name), 1, null, cancellation);
            Prove(prover.Complete(masked, masked.Beside, cancellation), output);
        }, cancellation);
        var progress = new ProgressLine(error, masked.Entities.Sum(entity => entity.Rows ?? 0), TimeProvider.System);
        try
        {
            LoadCommand.Report(output, await TableLoader.LoadAsync(target, source.Document, masked, options, progress.Report, cancellation));
        }
        finally
        {
            progress.Clear();
        }
    }

    private static void Prove(MaskingProof proof, TextWriter output)
    {
        if (!proof.Holds)
            throw new PortalException("masking.not_proved", $"{proof.Verdict} Nothing was kept.") { SuggestedActions = ["Give these columns another masker, or the groups a coarser one"] };
        output.WriteLine(proof.Verdict);
    }

    private static void Unread(MaskedSource masked, SourceEntity entity, TextWriter error)
    {
        for (var column = 0; column < entity.Columns.Count; column++)
        {
            if (masked.UnreadOf(entity, column) is { Count: > 0 and var count })
                error.WriteLine($"warning: {entity.Name}.{entity.Columns[column].Name}: {count} cells were not read as their type and came as null");
        }
    }

    private static MaskingPolicy Policy(string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"there is no file {path}");
        var read = MaskingPolicyFile.Read(File.ReadAllBytes(path));
        return read.Policy is { } policy && read.Problems.All(problem => problem.Severity == ProblemSeverity.Warning) ? policy : throw new SchemaInvalidException(read.Problems);
    }

    /// <summary>Rows that the subset begins with, as they are asked for.</summary>
    private static SubsetChoice Part(string text) => PartWords().Match(text) switch
    {
        { Success: true } match when match.Groups["where"] is { Success: true, Value: var where } => new(match.Groups["entity"].Value) { Where = where.Trim() },
        { Success: true } match when double.TryParse(match.Groups["percent"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 => new(match.Groups["entity"].Value) { Percent = percent },
        _ => throw new UsageException($"--subset {text}: write ENTITY=PERCENT% or \"ENTITY where CONDITION\""),
    };

    private static MaskingKey Key(string? path, string? variable)
    {
        if ((path is null) == (variable is null))
            throw new UsageException("say where the key is: --key-file FILE or --key-env VARIABLE");
        if (variable is not null)
            return Key(Environment.GetEnvironmentVariable(variable) is { } value ? System.Text.Encoding.UTF8.GetBytes(value) : throw new UsageException($"there is no environment variable {variable}"), variable, isText: true);
        return File.Exists(path) ? Key(File.ReadAllBytes(path), path, isText: false) : throw new UsageException($"there is no file {path}; make a key with: openssl rand -hex {MaskingKey.Size} > {path}");
    }

    /// <param name="from">What is named in a message; the key itself never is.</param>
    private static MaskingKey Key(byte[] bytes, string from, bool isText)
    {
        var text = System.Text.Encoding.ASCII.GetString(bytes).Trim();
        if (text.Length == 2 * MaskingKey.Size && text.All(char.IsAsciiHexDigit))
            bytes = Convert.FromHexString(text);
        else if (isText)
            bytes = [];
        return bytes.Length == MaskingKey.Size ? MaskingKey.FromBytes(bytes) : throw new UsageException($"{from}: a key has {MaskingKey.Size} bytes, written as {2 * MaskingKey.Size} hexadecimal digits{(isText ? "" : " or as they are")}");
    }

    [GeneratedRegex(@"^\s*(?<entity>\w+)\s*(=\s*(?<percent>[0-9.]+)\s*%|\s+where\s+(?<where>.+))\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartWords();
}
