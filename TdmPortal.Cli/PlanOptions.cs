using System.CommandLine;
using System.Globalization;
using TdmPortal.Core.Generation;

namespace TdmPortal.Cli;

/// <summary>What a plan is compiled with, the same in each command that makes rows.</summary>
internal sealed class PlanOptions
{
    private readonly Option<long> seed = new("--seed") { Description = "Any whole number.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> stable = new("--stable") { Description = "ENTITY or ENTITY.FIELD that is made with --stable-seed instead." };
    private readonly Option<long> stableSeed = new("--stable-seed") { Description = "The seed of what is --stable.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> scenario = new("--scenario") { Description = "A situation to make true: {\"name\": …, \"entity\": …, \"condition\": …, \"atLeast\": N}." };
    private readonly Option<string[]> rows = new("--rows") { Description = "ENTITY=N: rows of an entity, instead of the schema's." };
    private readonly Option<double> scale = new("--scale") { Description = "Multiplies the rows of every entity that scales.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> threads = new("--threads") { Description = "How many threads work; the bytes are the same for any number.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string> asOf = new("--as-of") { Description = "What now means in the schema.", DefaultValueFactory = _ => "2026-01-01T00:00:00Z" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { seed, stable, stableSeed, scenario, rows, scale, threads, asOf })
            command.Options.Add(option);
    }

    /// <summary>Compiles the schema; warnings go to <paramref name="error"/>.</summary>
    /// <exception cref="UsageException">An option makes no sense.</exception>
    /// <exception cref="Core.Errors.PortalException">The schema cannot be worked with.</exception>
    public GenerationPlan Compile(ParseResult parsed, string path, TextWriter error)
    {
        var options = new GenerationOptions
        {
            Seed = parsed.GetRequiredValue(seed),
            Scale = Positive("--scale", parsed.GetRequiredValue(scale)),
            AsOf = Instant(parsed.GetRequiredValue(asOf)),
            Rows = Rows(parsed.GetValue(rows) ?? []),
            Stable = (parsed.GetValue(stable) ?? []).ToHashSet(StringComparer.Ordinal),
            StableSeed = parsed.GetRequiredValue(stableSeed),
            Scenarios = [.. (parsed.GetValue(scenario) ?? []).Select(text => Core.Quality.ScenarioText.Read(text) ?? throw new UsageException($"--scenario {text}: not what is expected, see --help"))],
        };
        var (plan, problems) = GenerationPlan.Compile(SchemaFile.Read(path), options);
        if (plan is null)
            throw new Core.Errors.SchemaInvalidException(problems);
        foreach (var warning in problems)
            error.WriteLine($"warning: {warning}");
        return plan;
    }

    public int Threads(ParseResult parsed) => (int)Positive("--threads", parsed.GetRequiredValue(threads));

    public static DateTimeOffset Instant(string text) => TimeText.TryParseInstant(text, 0, out var micros) && !text.StartsWith("now", StringComparison.Ordinal)
        ? DateTimeOffset.UnixEpoch.AddTicks(micros * 10)
        : throw new UsageException($"--as-of {text}: it is no instant, such as 2026-01-01T00:00:00Z");

    private static double Positive(string option, double value) => value > 0 && double.IsFinite(value) ? value : throw new UsageException($"{option} {value}: it must be above 0");

    private static Dictionary<string, long> Rows(string[] pairs)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !long.TryParse(pair.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw new UsageException($"--rows {pair}: it takes ENTITY=N, N being 0 or more");
            counts[pair[..at]] = count;
        }

        return counts;
    }
}
