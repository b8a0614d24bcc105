using Radzen;
using TdmPortal.Core.Changes;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Data.Changes;
using TdmPortal.Web.Schemas.History;

namespace TdmPortal.Web.Schemas;

/// <summary>Saving, merging, discarding, copying.</summary>
public sealed partial class SchemaDesignerPage
{
    private async Task SaveAsync()
    {
        if (saving || !session!.IsDirty)
            return;
        var errors = SchemaValidator.Validate(session.Document).Where(p => p.Severity == ProblemSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            Toasts.Error(new SchemaInvalidException(errors));
            return;
        }

        if (await Dialogs.OpenAsync<SaveDialog>("Save", new Dictionary<string, object?>
        {
            [nameof(SaveDialog.Changes)] = session.Saved is null ? [] : SchemaDiff.Compare(session.Saved, session.Document),
            [nameof(SaveDialog.Version)] = session.BaseVersion + 1,
            [nameof(SaveDialog.SchemaId)] = Id,
            [nameof(SaveDialog.Inputs)] = session.Saved is null ? null : InputsOf(session.Saved, session.Document, [.. overrides.Select(one => one.Verdict.Override)]),
        }!, new DialogOptions { Width = session.Saved is null ? "min(36rem, 96vw)" : "min(64rem, 96vw)" }) is not string note)
            return;
        await StoreAsync(note.Trim().Length == 0 ? null : note.Trim());
    }

    /// <summary>Rows come from a schema with the team's overrides; those of other teams are not known here.</summary>
    private static Func<DatasetUse?, (PlanInput, PlanInput)> InputsOf(SchemaDocument saved, SchemaDocument edited, IReadOnlyList<SchemaOverride> own) => dataset =>
    {
        var (settings, applied) = (dataset?.Settings ?? new(), dataset is { Team: not null } ? [] : own);
        return (new(SchemaOverrides.Apply(saved, applied).Document, settings), new(SchemaOverrides.Apply(edited, applied).Document, settings));
    };

    private async Task StoreAsync(string? note)
    {
        saving = true;
        try
        {
            var document = session!.Document;
            var actor = await Actors.GetAsync();
            await keeper!.FlushAsync();
            if (Id is null)
            {
                var created = await Schemas.CreateAsync(actor, document, note, CancellationToken.None);
                await keeper.DropAsync();
                Toasts.Success($"{document.Name} is saved");
                Leave(PortalUrls.Schema(created), replace: true);
                return;
            }

            var outcome = await Schemas.SaveAsync(actor, Id.Value, session.BaseVersion, document, note, CancellationToken.None);
            await keeper.DropAsync();
            if (outcome.Proposal is { } proposal)
            {
                Toasts.Info("Your change is proposed", "It takes effect when another lead approves it.");
                Leave(PortalUrls.Review(proposal));
                return;
            }

            var version = outcome.Version;
            session.MarkSaved(document, version);
            (newer, restored) = (null, false);
            overrides = (await Overrides.GetAsync(actor, Id.Value, null, CancellationToken.None)).Overrides;
            Toasts.Success($"Version {version} is saved");
        }
        catch (ConflictException stale) when (stale.Code == "schema.stale")
        {
            if (await MergeAsync())
                await StoreAsync(note);
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
        finally
        {
            saving = false;
            StateHasChanged();
        }
    }

    /// <summary>Takes in what others saved since this edit began; where both changed the same, the author chooses.</summary>
    /// <returns>Whether the document now stands on the newest version.</returns>
    private async Task<bool> MergeAsync()
    {
        try
        {
            var actor = await Actors.GetAsync();
            var theirs = await Schemas.GetAsync(actor, Id!.Value, null, CancellationToken.None);
            var origin = session!.Saved!;
            var chosen = await Dialogs.OpenAsync<MergeDialog>("Two people changed this schema", new Dictionary<string, object?>
            {
                [nameof(MergeDialog.Origin)] = origin,
                [nameof(MergeDialog.Mine)] = session.Document,
                [nameof(MergeDialog.Theirs)] = theirs.Document,
                [nameof(MergeDialog.Who)] = theirs.ChangedBy,
                [nameof(MergeDialog.Version)] = theirs.Version,
            }!, new DialogOptions { Width = "min(46rem, 96vw)" });
            if (chosen is not IReadOnlySet<string> theirsAt)
                return false;
            var mine = session.Document;
            session.MarkSaved(theirs.Document, theirs.Version);
            session.Apply($"Take in version {theirs.Version}", _ => SchemaMerge.Merge(origin, mine, theirs.Document, theirsAt).Document);
            newer = null;
            StateHasChanged();
            return true;
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
            return false;
        }
    }

    private async Task DiscardAsync()
    {
        try
        {
            var (document, version) = (session!.Document, session.BaseVersion);
            await keeper!.DropAsync();
            restored = false;
            if (Id is null)
            {
                Leave(PortalUrls.Schemas);
                Toasts.Undo("The draft is gone", async () =>
                {
                    await Schemas.SaveDraftAsync(await Actors.GetAsync(), null, 0, SchemaWriter.Write(document), CancellationToken.None);
                    Navigation.NavigateTo(PortalUrls.SchemaDraft);
                });
                return;
            }

            var record = await Schemas.GetAsync(await Actors.GetAsync(), Id.Value, null, CancellationToken.None);
            session.Apply("Discard the draft", _ => record.Document);
            session.MarkSaved(record.Document, record.Version);
            await keeper.DropAsync();
            Toasts.Info("Back at the saved version", "Undo brings your draft back.");
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }

    private async Task ShareAsync()
    {
        try
        {
            await Schemas.ShareAsync(await Actors.GetAsync(), Id!.Value, !shared, CancellationToken.None);
            shared = !shared;
            Toasts.Success(shared ? "All teams can use this schema now" : "Other teams can no longer use this schema", shared ? "They cannot change it; each can have overrides of its own." : "Datasets that they made of it stay.");
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }

    private async Task DuplicateAsync()
    {
        try
        {
            var id = await Fresh.CopyAsync(await Actors.GetAsync(), session!.Document, CancellationToken.None);
            Toasts.Success(sample ? "The copy is your team's now" : "Duplicated");
            Leave(PortalUrls.Schema(id));
        }
        catch (PortalException problem)
        {
            Toasts.Error(problem);
        }
    }
}
