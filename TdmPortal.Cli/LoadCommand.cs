using System.CommandLine;
using System.Globalization;
using TdmPortal.Postgres;

namespace TdmPortal.Cli;

/// <summary>tdm load: rows straight into the tables of a database.</summary>
internal static class LoadCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var schema = new Argument<string>("schema") { Description = "The schema document (.schema.json)." };
        var to = new Option<string>("--to") { Description = $"The database: {DatabaseConnection.Help}.", Required = true };
        var plan = new PlanOptions();
        var append = new Option<bool>("--append") { Description = "Adds to rows that are there; without it, tables must be empty." };
        var truncate = new Option<bool>("--truncate") { Description = "Empties the tables first, in the same transaction." };
        var command = new Command("load", "Loads rows into existing tables of a PostgreSQL database, constraints and triggers on; all of them, or nothing.") { schema, to, append, truncate };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(append) && parsed.GetValue(truncate))
                throw new UsageException("--append and --truncate do not go together");
            await using var database = DatabaseConnection.Open("--to", parsed.GetRequiredValue(to));
            var compiled = plan.Compile(parsed, parsed.GetRequiredValue(schema), error);
            var options = new LoadOptions { Threads = plan.Threads(parsed), Existing = parsed.GetValue(append) ? ExistingRows.Append : parsed.GetValue(truncate) ? ExistingRows.Truncate : ExistingRows.Refuse };
            var progress = new ProgressLine(error, compiled.Entities.Sum(entity => entity.Rows), TimeProvider.System);
            try
            {
                Report(output, await TableLoader.LoadAsync(database, compiled, options, progress.Report, cancellation));
            }
            finally
            {
                progress.Clear();
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static void Report(TextWriter output, LoadResult result)
    {
        foreach (var table in result.Tables)
            output.WriteLine($"{table.Table}: {Count(table.Rows, "row")}");
        foreach (var note in result.Notes)
            output.WriteLine($"note: {note}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count(result.Rows, "row")} in {Count(result.Tables.Count, "table")}. Constraints, unique indexes and triggers that the server asked, all of which held: {result.Rules:N0}."));
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
