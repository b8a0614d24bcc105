using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Schemas.Fields;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Import;

/// <summary>What an import came to: each column with what fills it and why, what needs a look first. Each correction is kept at once.</summary>
public sealed partial class ImportProposalPage
{
    private const int PageRows = 100;
    private readonly CancellationTokenSource gone = new();
    private Actor? actor;
    private ImportRecord? import;
    private Exception? problem, failure;
    private Look filter = Look.Attention;
    private string search = "", name = "";
    private int shown = PageRows;
    private ProposalLine? picking;
    private bool busy;

    private enum Look
    {
        Attention,
        Personal,
        All,
    }

    [Inject] private ActorProvider Actors { get; set; } = null!;
    [Inject] private ImportStore Imports { get; set; } = null!;
    [Inject] private Confirmations Confirmations { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public Guid Id { get; set; }

    private IReadOnlyList<ProposedField> Fields => import!.Proposal!.Fields;

    private int Attention => Fields.Count(one => one.NeedsAttention);

    private IEnumerable<(Look Look, string Title, int Count)> Filters =>
        [(Look.Attention, "Needs a look", Attention), (Look.Personal, "Personal", Everything.Count(line => line.IsPersonal)), (Look.All, "All", Fields.Count)];

    private IEnumerable<ProposalLine> Everything
    {
        get
        {
            var entities = import!.Document!.Entities.ToDictionary(entity => entity.Name, StringComparer.Ordinal);
            foreach (var proposed in Fields)
            {
                if (entities.TryGetValue(proposed.Entity, out var entity) && entity.Fields.FirstOrDefault(one => one.Name == proposed.Field) is { } definition)
                    yield return new ProposalLine(proposed, entity, definition);
            }
        }
    }

    /// <summary>What needs a look most comes first: unsure generators, then findings that are unsure.</summary>
    private IEnumerable<ProposalLine> Lines => Everything
        .Where(line => filter switch { Look.Attention => line.Proposed.NeedsAttention, Look.Personal => line.IsPersonal, _ => true })
        .Where(line => $"{line.Proposed.Entity}.{line.Proposed.Field}".Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(line => line.Proposed.NeedsAttention).ThenBy(line => line.Proposed.NeedsAttention ? line.Proposed.Confidence : 0);

    private string? Subtitle => import is null ? null : import.SourceName is { } source ? $"From {source}, begun by {import.Author}." : $"From {string.Join(", ", import.Choices.Files.Select(file => file.Name))}, begun by {import.Author}.";

    private string Line
    {
        get
        {
            var personal = Everything.Count(line => line.IsPersonal);
            var rows = import!.Proposal!.Rows;
            return string.Create(CultureInfo.InvariantCulture, $"{import.Document!.Entities.Count:N0} {(import.Document.Entities.Count == 1 ? "entity" : "entities")}, {Fields.Count:N0} columns, {import.Document.Relationships.Count:N0} foreign keys and {import.Document.Constraints.Count:N0} checks understood, {(rows == 0 ? "learned from the structure alone" : $"{rows:N0} rows looked at")}. ")
                + (personal == 0 ? "No personal data was found." : personal == 1 ? "One column seems to hold personal data." : string.Create(CultureInfo.InvariantCulture, $"{personal:N0} columns seem to hold personal data."));
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private async Task LoadAsync()
    {
        try
        {
            actor = await Actors.GetAsync();
            import = await Imports.GetAsync(actor, Id, gone.Token);
            problem = null;
            if (import.Document is { } document && name.Length == 0)
            {
                name = document.Name;
                filter = Attention > 0 ? Look.Attention : Look.All;
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            problem = exception;
        }
    }

    // The job may have ended before this page looked at it.
    private Task ChangedAsync(JobSummary job) => job.State == JobState.Completed && import?.Proposal is null ? LoadAsync() : Task.CompletedTask;

    private Task AcceptAsync(ProposalLine line) => CorrectAsync(import!.Document!, line.Proposed, line.Proposed with { Accepted = true });

    private Task AcceptAllAsync()
    {
        var accepted = Lines.Take(shown).Where(line => line.Proposed.NeedsAttention).Select(line => line.Proposed).ToHashSet();
        return KeepAsync(import!.Document!, [.. Fields.Select(field => accepted.Contains(field) ? field with { Accepted = true } : field)]);
    }

    private Task ClassifyAsync(ProposalLine line, string kind) => CorrectAsync(
        import!.Document!.WithFields(line.Entity.Name, new HashSet<string>(StringComparer.Ordinal) { line.Field.Name }, field => field with { Personal = kind.Length == 0 ? null : kind }), line.Proposed, line.Proposed with { Accepted = kind.Length > 0 || line.Proposed.Accepted });

    private async Task ChooseAsync(GeneratorChoice choice)
    {
        var line = picking!;
        picking = null;
        var document = import!.Document!.WithFields(line.Entity.Name, new HashSet<string>(StringComparer.Ordinal) { line.Field.Name }, field =>
            (choice.Definition.Types.Contains(field.Type) ? field : field with { Type = choice.Definition.Types[0], Precision = null, Scale = null, MaxLength = null }).UseGenerator(choice.Definition.Name, choice.Args));
        await CorrectAsync(document, line.Proposed, line.Proposed with { Reason = $"chosen by {actor!.UserName}", Confidence = 1, Accepted = true });
    }

    private Task CorrectAsync(SchemaDocument document, ProposedField former, ProposedField now) => KeepAsync(document, [.. Fields.Select(field => ReferenceEquals(field, former) ? now : field)]);

    private async Task KeepAsync(SchemaDocument document, IReadOnlyList<ProposedField> fields)
    {
        // Shown at once; kept right after.
        import = import! with { Document = document, Proposal = import.Proposal! with { Fields = fields } };
        failure = null;
        try
        {
            await Imports.CorrectAsync(actor!, Id, document, fields, CancellationToken.None);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }

    private async Task SaveAsync()
    {
        (busy, failure) = (true, null);
        try
        {
            await Imports.SaveAsync(actor!, Id, name, CancellationToken.None);
            await LoadAsync();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            busy = false;
        }
    }

    private async Task DiscardAsync()
    {
        if (!await Confirmations.AskAsync("Discard this import?", "The proposal, your corrections and the uploaded files go. The source stays.", "Discard it"))
            return;
        try
        {
            await Imports.DiscardAsync(actor!, Id, CancellationToken.None);
            Navigation.NavigateTo(PortalUrls.Sources);
        }
        catch (Exception exception)
        {
            problem = exception;
        }
    }

    /// <summary>A line of the table.</summary>
    private sealed record ProposalLine(ProposedField Proposed, EntityDefinition Entity, FieldDefinition Field)
    {
        public bool IsPersonal => Field.Personal is { } kind && kind != PersonalKinds.None;
    }
}
