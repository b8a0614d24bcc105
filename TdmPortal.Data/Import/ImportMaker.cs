using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Import;
using TdmPortal.Core.Learning;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Import;

/// <summary>Makes a schema document out of what is imported, with the reason for each field and what seems to be personal.</summary>
public sealed class ImportMaker(SourceStore sources, FileDesk desk, UploadVault vault)
{
    /// <summary>Rows of a table that are looked at for personal data.</summary>
    private const long MostRows = PersonalDataSearch.DefaultRows;

    /// <exception cref="PortalException">Why it cannot be imported.</exception>
    internal Task<ImportProposal> MakeAsync(Guid team, string name, ImportOrigin origin, Guid? source, ImportChoices choices, JobProgress progress, CancellationToken cancellation) => origin switch
    {
        ImportOrigin.Database => OfDatabaseAsync(team, name, source ?? throw new NotFoundException("The source"), choices, progress, cancellation),
        ImportOrigin.Files => Task.Run(() => OfFiles(team, name, choices, progress, cancellation), cancellation),
        ImportOrigin.Ddl => Task.Run(() => OfDdl(team, name, choices, progress), cancellation),
        _ => Task.Run(() => OfJsonSchema(team, name, choices, progress), cancellation),
    };

    private async Task<ImportProposal> OfDatabaseAsync(Guid team, string name, Guid source, ImportChoices choices, JobProgress progress, CancellationToken cancellation)
    {
        progress.Step = "Reading the structure";
        var (_, settings, password) = await sources.SecretAsync(team, source, cancellation);
        settings = settings with { Tables = choices.Tables };
        var structure = await sources.StructureAsync(settings, password, cancellation);
        if (structure.Tables.Count == 0)
            throw new PortalException("import.no_tables", "There is no table that the connection's user may read.") { SuggestedActions = ["Have SELECT on the tables granted to it", "Choose other tables"] };
        progress.Step = "Proposing generators";
        var imported = await Task.Run(() => StructureImport.Make(structure, new ImportOptions(name)), cancellation);
        if (!choices.LookAtRows)
            return Propose(imported.Document, imported.Reasons, imported.NotUnderstood, imported.Problems, PersonalDataSearch.FindByNames(WithoutGenerators(imported.Document)), 0);
        progress.RowsTotal = structure.Tables.Sum(table => Math.Min(Math.Max(table.EstimatedRows ?? 0, 0), MostRows));
        progress.Step = "Looking for personal data";
        await using var opened = await sources.OpenAsync(source, name, settings, password, imported.Document, structure, cancellation);
        var findings = await Task.Run(() => PersonalDataSearch.Find(opened.Rows, WithoutGenerators(imported.Document), MostRows, progress.AddRows, cancellation), cancellation);
        if (!choices.Learn)
            return Propose(imported.Document, imported.Reasons, imported.NotUnderstood, imported.Problems, findings, progress.RowsDone);
        progress.Step = "Learning patterns";
        progress.RowsTotal *= 2;
        var learned = await Task.Run(() => SampleLearner.Learn(opened.Rows, imported.Document, Learning(findings, progress), cancellation), cancellation);
        // What the structure says of a field stays said where rows said nothing.
        var reasons = imported.Reasons.Concat(learned.Reasons).GroupBy(reason => reason.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        var proposal = Propose(learned.Document, reasons, imported.NotUnderstood, [.. imported.Problems, .. learned.Problems], findings, progress.RowsDone);
        return proposal with { Notes = [.. learned.Findings.Select(Worded), .. proposal.Notes] };
    }

    private ImportProposal OfDdl(Guid team, string name, ImportChoices choices, JobProgress progress)
    {
        progress.Step = "Reading the statements";
        var text = string.Join("\n;\n", choices.Files.Select(file => desk.ReadText(team, file)));
        var structure = DdlReader.Read(text);
        if (structure.Tables.Count == 0)
            throw new PortalException("import.not_understood", "There is no CREATE TABLE that could be read.") { SuggestedActions = [.. structure.NotUnderstood.Take(3).Select(one => $"{one.Name}: {one.Why}"), "Write the structure alone: pg_dump --schema-only"] };
        var imported = StructureImport.Make(structure, new ImportOptions(name));
        return Propose(imported.Document, imported.Reasons, imported.NotUnderstood, imported.Problems, PersonalDataSearch.FindByNames(WithoutGenerators(imported.Document)), 0);
    }

    private ImportProposal OfJsonSchema(Guid team, string name, ImportChoices choices, JobProgress progress)
    {
        progress.Step = "Reading the JSON Schema";
        var structure = JsonSchemaReader.Read(Encoding.UTF8.GetBytes(desk.ReadText(team, choices.Files[0])), name);
        var imported = StructureImport.Make(structure, new ImportOptions(name));
        return Propose(imported.Document, imported.Reasons, imported.NotUnderstood, imported.Problems, PersonalDataSearch.FindByNames(WithoutGenerators(imported.Document)), 0);
    }

    private ImportProposal OfFiles(Guid team, string name, ImportChoices choices, JobProgress progress, CancellationToken cancellation)
    {
        progress.Step = "Reading the files";
        var files = choices.Files.Select(file => desk.Inspect(team, file, choices.BadLines, null, cancellation)).ToList();
        var rows = new SampleSource(files, file => vault.Open(team, choices.Files.First(one => one.Name == file).Upload));
        progress.RowsTotal = files.Sum(file => file.Entities.Sum(entity => entity.Rows));
        var named = SampleStructure.Of(LegalNames.ToLegal(name, "import"), files);
        progress.Step = "Looking for personal data";
        var findings = PersonalDataSearch.Find(rows, WithoutGenerators(named), MostRows, null, cancellation);
        progress.Step = "Learning patterns";
        var learned = SampleLearner.Learn(rows, named, Learning(findings, progress), cancellation);
        var bad = files.Where(file => file.BadLines > 0).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {(file.BadLines == 1 ? "1 line is no row and was left out, line" : $"{file.BadLines:N0} lines are no rows and were left out, the first is line")} {file.FirstBadLines[0].Line:N0} ({file.FirstBadLines[0].Reason})")).ToList();
        var proposal = Propose(learned.Document, learned.Reasons, [], learned.Problems, findings, progress.RowsTotal);
        return proposal with { Notes = [.. bad, .. learned.Findings.Select(Worded), .. proposal.Notes] };
    }

    /// <summary>What is learned must know what is personal: no value of such a column may be named.</summary>
    private static LearnOptions Learning(IReadOnlyList<PersonalFinding> findings, JobProgress progress) => new()
    {
        Personal = findings.Where(finding => finding.Confidence >= PersonalFinding.Counts).GroupBy(finding => $"{finding.Entity}.{finding.Field}", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(finding => finding.Confidence)!.Kind, StringComparer.Ordinal),
        Progress = progress.AddRows,
    };

    /// <summary>What was just proposed is no evidence of what the original holds.</summary>
    private static SchemaDocument WithoutGenerators(SchemaDocument document) => document with { Entities = [.. document.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => field with { Generator = null, Args = ArgumentValues.Empty })] })] };

    private static string Worded(LearnedFinding finding) => finding.Text;

    private static ImportProposal Propose(SchemaDocument document, IReadOnlyDictionary<string, ProposedGenerator> reasons, IReadOnlyList<NotUnderstood> notUnderstood, IReadOnlyList<SchemaProblem> problems, IReadOnlyList<PersonalFinding> findings, long rows)
    {
        var found = findings.GroupBy(finding => (finding.Entity, finding.Field)).ToDictionary(group => group.Key, group => group.MaxBy(finding => finding.Confidence)!);
        var classified = document with
        {
            Entities = [.. document.Entities.Select(entity => entity with
            {
                Fields = [.. entity.Fields.Select(field => found.TryGetValue((entity.Name, field.Name), out var finding) && finding.Confidence >= PersonalFinding.Counts ? field with { Personal = finding.Kind } : field)],
            })],
        };
        var fields = classified.Entities.SelectMany(entity => entity.Fields.Select(field =>
        {
            var linked = classified.Relationships.FirstOrDefault(link => link.From.Entity == entity.Name && link.From.Fields.Contains(field.Name, StringComparer.Ordinal));
            var reason = reasons.GetValueOrDefault($"{entity.Name}.{field.Name}");
            return new ProposedField(entity.Name, field.Name, reason?.Reason ?? (linked is null ? "" : $"points to {linked.To.Entity}"), reason?.Confidence ?? (linked is null ? 0.5 : 1), found.GetValueOrDefault((entity.Name, field.Name)));
        })).ToList();
        return new ImportProposal(Encoding.UTF8.GetString(SchemaWriter.Write(classified)), fields, notUnderstood, [.. problems.Select(problem => problem.ToString())]) { Rows = rows };
    }
}
