using System.Globalization;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Web.Datasets;

/// <summary>What the Generate dialog holds while it is filled in.</summary>
public sealed class GenerateForm
{
    /// <summary>Levels that are offered, with what each means.</summary>
    public static IReadOnlyList<(string Level, string Meaning)> QualityLevels { get; } =
        [("basic", "the quality report counts rows, nulls, rules and scenarios"), ("standard", "the report has statistics of each column too, and compares with the version before"), ("premium", "the report has pairs of columns, coverage for testers and privacy too")];

    /// <summary>Formats that can be prepared as files.</summary>
    public static IReadOnlyList<(RowFormat Format, string Name)> Formats { get; } =
        [(RowFormat.Csv, "CSV"), (RowFormat.Json, "JSON"), (RowFormat.Ndjson, "NDJSON"), (RowFormat.Xml, "XML"), (RowFormat.SqlInsert, "SQL")];

    public Guid SchemaId { get; init; }
    public required SchemaDocument Document { get; init; }
    /// <summary>Null: the latest.</summary>
    public int? SchemaVersion { get; set; }
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public long Seed { get; set; } = 1;
    /// <summary>Null: the moment of the start.</summary>
    public DateTimeOffset? AsOf { get; set; }
    public double Scale { get; set; } = 1;
    /// <summary>Entities whose rows were typed, instead of scaled.</summary>
    public Dictionary<string, long> Rows { get; } = new(StringComparer.Ordinal);
    public string QualityLevel { get; set; } = "standard";
    public HashSet<RowFormat> Prepare { get; } = [];
    /// <summary>Whether the version goes live when it is ready.</summary>
    public bool Publish { get; set; } = true;

    /// <summary>Everything from the last run where there was one; what the document no longer has is left out.</summary>
    public static GenerateForm For(Guid schemaId, SchemaDocument document, GenerateRequest? last)
    {
        var form = new GenerateForm
        {
            SchemaId = schemaId,
            Document = document,
            Name = last?.Name ?? DatasetName.From(document.Name),
            Title = last?.Title ?? document.Title ?? "",
            Seed = last?.Seed ?? 1,
            Scale = last?.Scale ?? 1,
            QualityLevel = last?.QualityLevel ?? "standard",
            Publish = last?.Publish ?? true,
        };
        foreach (var (entity, rows) in last?.Rows ?? new Dictionary<string, long>(StringComparer.Ordinal))
        {
            if (form.MayHaveRows(entity))
                form.Rows[entity] = rows;
        }

        form.Prepare.UnionWith(last?.Prepare ?? []);
        return form;
    }

    /// <summary>The same choices for another version of the document.</summary>
    public GenerateForm WithDocument(SchemaDocument document, int? version)
    {
        var form = new GenerateForm { SchemaId = SchemaId, Document = document, SchemaVersion = version, Name = Name, Title = Title, Seed = Seed, AsOf = AsOf, Scale = Scale, QualityLevel = QualityLevel, Publish = Publish };
        foreach (var (entity, rows) in Rows)
        {
            if (form.MayHaveRows(entity))
                form.Rows[entity] = rows;
        }

        form.Prepare.UnionWith(Prepare);
        return form;
    }

    /// <summary>Whether an entity's rows may be typed: not where a relationship gives each parent its children.</summary>
    public bool MayHaveRows(string entity) => Document.Entities.Any(candidate => candidate.Name == entity)
        && !Document.Relationships.Any(relationship => relationship.From.Entity == entity && relationship.DecidesRows);

    /// <summary>Takes a preset's size; rows that were typed before go.</summary>
    public void Apply(GenerationPreset preset)
    {
        Rows.Clear();
        Scale = preset.ScaleFor(Document);
    }

    public GenerationOptions ToOptions(DateTimeOffset now) => new()
    {
        Seed = Seed,
        AsOf = AsOf ?? now,
        Scale = Scale,
        Rows = new Dictionary<string, long>(Rows, StringComparer.Ordinal),
    };

    public GenerateRequest ToRequest() => new(Name, Title.Trim(), SchemaId, SchemaVersion, Seed, AsOf, Scale, new Dictionary<string, long>(Rows, StringComparer.Ordinal), QualityLevel, [.. Prepare.Order()], Publish);

    /// <summary>The command line that writes the same rows to files. The schema's file is what its page exports.</summary>
    public string ToTdm(DateTimeOffset now)
    {
        var text = new StringBuilder(Tdm(Document)).Append(" --out ").Append(ShellWord(Name.Length == 0 ? Document.Name : Name));
        AppendChoices(text, Document, Seed, Scale, Rows, AsOf ?? now);
        if (Prepare.Count > 0)
            text.Append(" --format ").Append(DatasetDownload.Extension(Prepare.Min()));
        return text.ToString();
    }

    /// <summary>The command line that writes one row of a version again.</summary>
    public static string RowToTdm(DatasetVersionDetail version, string entity, long row)
    {
        var text = new StringBuilder(Tdm(version.Document)).Append(CultureInfo.InvariantCulture, $" --entity {entity} --offset {row} --limit 1 --format ndjson --out -");
        AppendChoices(text, version.Document, version.Seed, version.Scale, version.Options.Rows, version.AsOf);
        foreach (var name in version.Options.Stable.Order(StringComparer.Ordinal))
            text.Append(" --stable ").Append(ShellWord(name));
        if (version.Options.Stable.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $" --stable-seed {version.Options.StableSeed}");
        foreach (var scenario in version.Options.Scenarios)
            text.Append(" --scenario ").Append(ShellWord(ScenarioText.Write(scenario)));
        return text.ToString();
    }

    private static string Tdm(SchemaDocument document) => "./tdm generate " + ShellWord(document.Name + ".schema.json");

    private static void AppendChoices(StringBuilder text, SchemaDocument document, long seed, double scale, IReadOnlyDictionary<string, long> rows, DateTimeOffset asOf)
    {
        text.Append(CultureInfo.InvariantCulture, $" --seed {seed}");
        if (scale != 1)
            text.Append(" --scale ").Append(scale.ToString("R", CultureInfo.InvariantCulture));
        foreach (var entity in document.Entities.Where(entity => rows.ContainsKey(entity.Name)))
            text.Append(" --rows ").Append(ShellWord(entity.Name + "=" + rows[entity.Name].ToString(CultureInfo.InvariantCulture)));
        text.Append(" --as-of ").Append(asOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static string ShellWord(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '=') ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
