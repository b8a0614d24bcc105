using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Schemas.Designing;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Schemas.Preview;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Schemas;

/// <summary>Opens a schema, its draft or a new one in the designer; keeps the draft, saves, and takes in what others saved.</summary>
public sealed partial class SchemaDesignerPage : IAsyncDisposable
{
    private static readonly TimeSpan LookForOthers = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource leaving = new();
    private DesignerSession? session;
    private LivePreview? preview;
    private DraftKeeper? keeper;
    private DesignerView view;
    private IReadOnlyList<SchemaEditor> others = [];
    private SchemaVersionSummary? newer;
    private IReadOnlyDictionary<string, ProposedGenerator> reasons = new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);
    private Exception? failure;
    private Guid? loaded;
    private bool any;
    private bool sample;
    private string? sharedBy;
    private bool shared;
    private bool mayShare;
    private IReadOnlyList<TeamOverride> overrides = [];
    private bool restored;
    private bool saving;

    [Inject] private SchemaStore Schemas { get; set; } = null!;
    [Inject] private OverrideStore Overrides { get; set; } = null!;
    [Inject] private ActorProvider Actors { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private NewSchemas Fresh { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter] public Guid? Id { get; set; }
    [SupplyParameterFromQuery(Name = "entity")] private string? EntityInUrl { get; set; }
    [SupplyParameterFromQuery(Name = "view")] private string? ViewInUrl { get; set; }

    private string OverridesText => overrides.Count(one => one.Verdict.IsConflict) switch
    {
        0 => $"Your team has {(overrides.Count == 1 ? "one thing" : $"{Figures.Number(overrides.Count)} things")} another way. Here you see the schema's own.",
        1 => "The schema changed where your team has an override: choose which holds.",
        var count => $"The schema changed where your team has overrides: choose which hold ({Figures.Number(count)}).",
    };

    private string? DraftText => keeper?.Status switch
    {
        DraftStatus.Saving => "keeping your draft…",
        DraftStatus.Kept => $"draft kept {Clock.Format(keeper.KeptAt!.Value)}",
        DraftStatus.Failed => "the draft could not be kept; it is tried again",
        _ => null,
    };

    protected override async Task OnParametersSetAsync()
    {
        view = Enum.TryParse<DesignerView>(ViewInUrl, ignoreCase: true, out var wanted) ? wanted : DesignerView.Fields;
        if (!any || loaded != Id)
        {
            (any, loaded) = (true, Id);
            await LoadAsync();
        }
        else if (EntityInUrl is not null && session?.Document.Entity(EntityInUrl) is not null)
        {
            session.Open(EntityInUrl);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await CloseAsync();
        leaving.Dispose();
    }

    private async Task CloseAsync()
    {
        if (session is not null)
            session.Changed -= Follow;
        if (keeper is not null)
            await keeper.DisposeAsync();
        if (preview is not null)
            await preview.DisposeAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            failure = null;
            await CloseAsync();
            (session, preview, keeper) = (null, null, null);
            var actor = await Actors.GetAsync(leaving.Token);
            var record = Id is null ? null : await Schemas.GetAsync(actor, Id.Value, null, leaving.Token);
            sample = record is { IsOwn: false };
            (sharedBy, shared, mayShare) = (record?.SharedBy, record is { IsOwn: true, IsShared: true }, record is { IsOwn: true } && actor.IsLead);
            overrides = record is null ? [] : (await Overrides.GetAsync(actor, Id!.Value, null, leaving.Token)).Overrides;
            var draft = sample ? null : await Schemas.FindDraftAsync(actor, Id, leaving.Token);
            var drafted = draft is null ? null : SchemaReader.Read(draft.Document).Document;
            // The draft stands on the version that it was begun from; what was saved since is taken in by a merge.
            var origin = drafted is not null && record is not null && draft!.BaseVersion != record.Version
                ? await Schemas.GetAsync(actor, Id!.Value, draft.BaseVersion, leaving.Token)
                : record;
            if (record is null && drafted is null)
            {
                Navigation.NavigateTo(PortalUrls.SchemaNew, replace: true);
                return;
            }

            Open(drafted ?? record!.Document, origin?.Document, origin?.Version ?? 0);
            restored = drafted is not null && record is not null && session!.IsDirty;
            reasons = Id is null ? Fresh.TakeReasons() : reasons;
            if (EntityInUrl is not null)
                session!.Open(EntityInUrl);
            // At once and not with the first edit: a dialog that is opened right after that would be closed by the new address.
            if (!leaving.IsCancellationRequested)
                Address();
            if (record is not null && !sample)
                _ = WatchAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was left meanwhile.
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }

    private void Open(SchemaDocument document, SchemaDocument? saved, int version)
    {
        // Relative dates are shown as of the day on which the page was opened, so that values stand still while editing.
        preview = new LivePreview(Time, new DateTimeOffset(Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero));
        session = new DesignerSession(document, saved, version, sample);
        session.Changed += Follow;
        keeper = new DraftKeeper(Schemas, () => Actors.GetAsync(), Id, Time);
        keeper.Changed += () => _ = InvokeAsync(StateHasChanged);
    }

    private void Follow(bool changed)
    {
        if (changed)
            keeper!.Keep(session!.Document, session.BaseVersion);
        Address();
        _ = InvokeAsync(StateHasChanged);
    }

    /// <summary>The address says where the author stands, so that a reload comes back here.</summary>
    private void Address()
    {
        var address = PortalUrls.Schema(Id, session!.Entity?.Name, view == DesignerView.Fields ? null : view.ToString().ToLowerInvariant());
        if (!Navigation.Uri.EndsWith(address, StringComparison.Ordinal))
            Navigation.NavigateTo(address, replace: true);
    }

    /// <summary>Goes elsewhere; what still changes in the session must not bring its address back.</summary>
    private void Leave(string address, bool replace = false)
    {
        session!.Changed -= Follow;
        Navigation.NavigateTo(address, replace: replace);
    }

    private void Show(DesignerView next) =>
        Navigation.NavigateTo(PortalUrls.Schema(Id, session!.Entity?.Name, next == DesignerView.Fields ? null : next.ToString().ToLowerInvariant()), replace: true);

    /// <summary>Who else edits, and what was saved meanwhile.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookForOthers, Time);
        var watched = session;
        try
        {
            do
            {
                var actor = await Actors.GetAsync(leaving.Token);
                others = await Schemas.OthersEditingAsync(actor, Id!.Value, leaving.Token);
                var versions = await Schemas.VersionsAsync(actor, Id.Value, leaving.Token);
                newer = versions.Count > 0 && versions[0].Version > session!.BaseVersion ? versions[0] : null;
                await InvokeAsync(StateHasChanged);
            }
            while (await timer.WaitForNextTickAsync(leaving.Token) && ReferenceEquals(watched, session));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (PortalException)
        {
            // Out of reach for a moment, or deleted: saving will say so.
        }
    }

    private void ForgetReasons() => reasons = new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);

    private static string Initials(string name) => string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(part => char.ToUpperInvariant(part[0])));

    private async Task ExportAsync()
    {
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/schema-designer.js");
        using var stream = new MemoryStream(SchemaWriter.Write(session!.Document));
        using var reference = new DotNetStreamReference(stream);
        await module.InvokeVoidAsync("download", $"{session.Document.Name}.schema.json", reference);
    }

    private Task ShowKeysAsync() => Dialogs.OpenAsync<DesignerKeys>("Keys of the designer", options: new DialogOptions { Width = "min(34rem, 96vw)", CloseDialogOnOverlayClick = true });
}
