using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Reviews;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.Quality;

/// <summary>Applies suggestions of reports: as a version of the team's own schema, as an override of another's, or as a version of the rules.</summary>
public sealed class SuggestionStore(PortalDatabase database, SchemaStore schemas, OverrideStore overrides, QualityRuleStore rules, QualityStore reports)
{
    /// <summary>Does what a suggestion of a report says.</summary>
    /// <exception cref="NotFoundException">No such report, or its version or schema is gone.</exception>
    /// <exception cref="PortalException">quality.suggestion_unfit</exception>
    /// <exception cref="SchemaInvalidException">The schema would not be valid with it.</exception>
    public async Task<AppliedSuggestion> ApplyAsync(Actor actor, Guid reportId, Suggestion suggestion, CancellationToken cancellation)
    {
        var report = await reports.GetAsync(actor, reportId, cancellation);
        if (suggestion.Kind == SuggestionKind.Advice || !report.Report.Suggestions.Contains(suggestion))
            throw new PortalException("quality.suggestion_unfit", "That is no suggestion that can be applied.") { SuggestedActions = ["Make a new report"] };
        var schemaId = await database.ReadAsync(actor, (context, token) => context.Set<Dataset>().Where(dataset => dataset.Id == report.Summary.DatasetId).Select(dataset => dataset.SchemaId).SingleOrDefaultAsync(token), cancellation) ?? throw new NotFoundException("The dataset's schema");
        if (suggestion.Kind == SuggestionKind.Rules)
            return await ApplyToRulesAsync(actor, schemaId, suggestion, cancellation);
        var current = await schemas.GetAsync(actor, schemaId, null, cancellation);
        var (note, edited) = (Note(suggestion), SuggestedEdit.Apply(current.Document, suggestion));
        if (!current.IsOwn)
        {
            var outcome = await overrides.SetAsync(actor, schemaId, Override(edited, suggestion, note), cancellation);
            return new(outcome, outcome.Proposal is null ? "The team has an override of the schema now." : "Your change is proposed.", null);
        }

        var saved = await schemas.SaveAsync(actor, schemaId, current.LatestVersion, edited, note, cancellation);
        return saved.Proposal is null ? new(saved, string.Create(CultureInfo.InvariantCulture, $"The schema has version {saved.Version} now; the next generation uses it."), new(schemaId, saved.Version, null)) : new(saved, "Your change is proposed.", null);
    }

    /// <summary>Takes back what applying saved, as a version of its own.</summary>
    /// <exception cref="ConflictException">quality.undo_late: something else was saved since.</exception>
    public async Task UndoAsync(Actor actor, SuggestionUndo undo, CancellationToken cancellation)
    {
        if (undo.SchemaVersion is { } version)
        {
            var former = await schemas.GetAsync(actor, undo.SchemaId, version - 1, cancellation);
            Demand(former.LatestVersion == version);
            await schemas.SaveAsync(actor, undo.SchemaId, version, former.Document, "As before the suggestion was applied", cancellation);
        }
        else if (undo.RulesVersion is { } saved)
        {
            var former = await rules.GetAsync(actor, undo.SchemaId, saved - 1, cancellation);
            Demand(former.LatestVersion == saved);
            await rules.SaveAsync(actor, undo.SchemaId, saved, former.Rules, "As before the suggestion was applied", cancellation);
        }

        static void Demand(bool isLatest)
        {
            if (!isLatest)
                throw new ConflictException("quality.undo_late", "Something else was saved since, so this cannot be undone by itself.") { SuggestedActions = ["Change it by hand"] };
        }
    }

    private async Task<AppliedSuggestion> ApplyToRulesAsync(Actor actor, Guid schemaId, Suggestion suggestion, CancellationToken cancellation)
    {
        var current = await rules.GetAsync(actor, schemaId, null, cancellation);
        var version = await rules.SaveAsync(actor, schemaId, current.Version, SuggestedEdit.Apply(current.Rules, suggestion), Note(suggestion), cancellation);
        return new(new EditOutcome(null), string.Create(CultureInfo.InvariantCulture, $"The rules have version {version} now."), new(schemaId, null, version));
    }

    private static string Note(Suggestion suggestion)
    {
        var note = $"From the quality report: {suggestion.Action} ({suggestion.Finding})";
        return note.Length <= 300 ? note : note[..299] + "…";
    }

    /// <summary>Of another's schema the team can have rows, generators and shares of nulls another way, and nothing else.</summary>
    private static SchemaOverride Override(SchemaDocument edited, Suggestion suggestion, string reason)
    {
        var entity = edited.Entities.First(entity => entity.Name == suggestion.Entity);
        if (suggestion.Field is null)
            return new(entity.Name, null, reason) { Rows = entity.Rows };
        var field = entity.Fields.First(field => field.Name == suggestion.Field);
        return suggestion.Property switch
        {
            "nullPercent" => new(entity.Name, field.Name, reason) { NullPercent = field.NullPercent ?? 0 },
            { } property when property.StartsWith("args.", StringComparison.Ordinal) => new(entity.Name, field.Name, reason) { Generator = field.Generator, Args = field.Args },
            _ => throw new PortalException("quality.suggestion_unfit", "The schema is another's, and this cannot be had as an override.") { SuggestedActions = ["Make a copy of the schema for your team, and change that"] },
        };
    }
}
