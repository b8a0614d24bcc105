using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Schemas.History;

/// <summary>The saved versions with what each changed; any of them can come back.</summary>
public partial class HistoryView
{
    private IReadOnlyList<SchemaVersionSummary>? versions;
    private IReadOnlyList<SchemaChange>? changes;
    private SchemaDocument? document;
    private Exception? failure;
    private string title = "";
    private int chosen = -1;
    private int loaded = -1;

    [Inject] private SchemaStore Schemas { get; set; } = null!;
    [Inject] private ActorProvider Actors { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    /// <summary>Null for a schema that was never saved.</summary>
    [Parameter] public Guid? SchemaId { get; set; }

    protected override Task OnParametersSetAsync() => loaded == Session.BaseVersion ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        loaded = Session.BaseVersion;
        try
        {
            failure = null;
            versions = SchemaId is null ? [] : await Schemas.VersionsAsync(await Actors.GetAsync(), SchemaId.Value, CancellationToken.None);
            if (Session.IsDirty || versions.Count > 0)
                await ChooseAsync(Session.IsDirty ? 0 : versions[0].Version);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }

    /// <summary>What a version changed against the one before it; 0 is the draft.</summary>
    private async Task ChooseAsync(int version)
    {
        chosen = version;
        if (version == 0)
        {
            title = Session.BaseVersion == 0 ? "What the draft holds" : $"What your draft changes in version {Session.BaseVersion}";
            document = null;
            changes = SchemaDiff.Compare(Session.Saved ?? new SchemaDocument { Name = Session.Document.Name }, Session.Document);
            return;
        }

        try
        {
            var actor = await Actors.GetAsync();
            document = (await Schemas.GetAsync(actor, SchemaId!.Value, version, CancellationToken.None)).Document;
            var before = version == 1 ? new SchemaDocument { Name = document.Name } : (await Schemas.GetAsync(actor, SchemaId.Value, version - 1, CancellationToken.None)).Document;
            title = version == 1 ? "What version 1 began with" : $"What version {version} changed";
            changes = SchemaDiff.Compare(before, document);
        }
        catch (Exception exception)
        {
            Toasts.Error(exception);
        }
    }

    private void Restore()
    {
        var restored = document!;
        Session.Apply($"Restore version {chosen}", _ => restored);
        Toasts.Info($"Version {chosen} is in the draft", "Save to make it the newest version; undo takes it back.");
    }
}
