using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Datasets;

/// <summary>The form behind the Generate page and dialog.</summary>
public sealed partial class GenerateEditor : ComponentBase, IDisposable
{
    private const int MaxShown = 6;
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> wrongRows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> rowsTexts = new(StringComparer.Ordinal);
    private List<SchemaSummary>? schemas;
    private GenerateForm? form;
    private TeamUse? use;
    private IReadOnlyList<TeamOverride> overrides = [];
    private GenerationEstimate? estimate;
    private IReadOnlyList<SchemaProblem> problems = [];
    private Dictionary<SchemaProblem, CapacityAdvice> advice = [];
    private CancellationTokenSource checking = new();
    private Exception? problem, failure;
    private double? rowsPerSecond;
    private int latestVersion;
    private string? scaleText, seedText, nameProblem;
    private bool scaleWrong, seedWrong, starting, checkedAll;
    private Guid? chosen, loaded;

    [Inject] public required ActorProvider Actors { get; init; }
    [Inject] public required SchemaStore Schemas { get; init; }
    [Inject] public required OverrideStore Overrides { get; init; }
    [Inject] public required DatasetStore Datasets { get; init; }
    [Inject] public required TeamQuotas Quotas { get; init; }
    [Inject] public required UserClock UserTime { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required Clipboard Clipboard { get; init; }

    /// <summary>Chosen when the form opens; what is chosen in it is the form's own.</summary>
    [Parameter] public Guid? SchemaId { get; set; }
    /// <summary>The dataset that gets a new version, where that was chosen before.</summary>
    [Parameter] public string? DatasetName { get; set; }
    /// <summary>The job's id.</summary>
    [Parameter] public EventCallback<Guid> OnStarted { get; set; }
    [Parameter] public EventCallback OnCancelled { get; set; }
    [Parameter] public EventCallback<Guid?> OnSchemaChosen { get; set; }

    /// <summary>What is kept already by the team, as of the page's opening: the server has the last word.</summary>
    private bool IsTooMuch => use is not null && estimate is not null && use.Exceeds(estimate.TotalRows, estimate.Bytes, 1);

    private bool MayStart => !starting && !IsTooMuch && !scaleWrong && !seedWrong && wrongRows.Count == 0 && nameProblem is null && problems.All(found => found.Severity != ProblemSeverity.Error);

    private string ZoneName => UserTime.Zone.Id;

    private string AsOfText => form?.AsOf is { } instant ? TimeZoneInfo.ConvertTime(instant, UserTime.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : "";

    protected override Task OnInitializedAsync()
    {
        chosen = SchemaId;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            problem = null;
            var actor = await Actors.GetAsync();
            use = await Quotas.UseAsync(actor, actor.TeamId, CancellationToken.None);
            var own = await Schemas.ListAsync(actor, null, SchemaShelf.Own, null, 200, CancellationToken.None);
            var shared = await Schemas.ListAsync(actor, null, SchemaShelf.Shared, null, 100, CancellationToken.None);
            var samples = await Schemas.ListAsync(actor, null, SchemaShelf.Samples, null, 100, CancellationToken.None);
            // Most often it is the one that was worked on last.
            var proposed = chosen is null && own.Items.Count > 0;
            chosen ??= proposed ? own.Items[0].Id : null;
            if (chosen is { } id)
                await OpenAsync(id, null);
            schemas = [.. own.Items, .. shared.Items, .. samples.Items];
            if (proposed)
                await OnSchemaChosen.InvokeAsync(chosen);
        }
        catch (Exception exception)
        {
            problem = exception;
        }
    }

    private async Task ChooseSchemaAsync(ChangeEventArgs change)
    {
        failure = null;
        chosen = Guid.TryParse(change.Value?.ToString(), out var id) ? id : null;
        // Chosen again: what was typed into its form stays.
        if (chosen is not null && loaded == chosen)
            return;
        // Gone at once: what is typed while the new one is read must not land in the form of the old one.
        (form, estimate, loaded) = (null, null, null);
        if (chosen is not null)
            await GuardAsync(() => OpenAsync(id, null));
        await OnSchemaChosen.InvokeAsync(chosen);
    }

    private Task ChooseVersionAsync(ChangeEventArgs change) =>
        GuardAsync(() => OpenAsync(chosen!.Value, int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null));

    private async Task OpenAsync(Guid id, int? version)
    {
        var actor = await Actors.GetAsync();
        var record = await Overrides.GetAsync(actor, id, version, CancellationToken.None);
        if (chosen != id)
            return; // Another was chosen meanwhile.
        (latestVersion, overrides) = (record.Base.LatestVersion, record.Overrides);
        if (loaded == id)
        {
            form = form!.WithDocument(record.Document, version);
        }
        else
        {
            var last = await Datasets.LastRequestAsync(actor, id, CancellationToken.None);
            if (chosen != id)
                return;
            form = GenerateForm.For(id, record.Document, last);
            form.Name = DatasetName ?? form.Name;
            (loaded, scaleText, seedText) = (id, null, null);
            wrongRows.Clear();
            rowsTexts.Clear();
            rowsPerSecond = last is null ? null : await LastSpeedAsync(last.Name);
        }

        nameProblem = Web.Datasets.DatasetName.Problem(form.Name);
        Changed();

        async Task<double?> LastSpeedAsync(string name)
        {
            try
            {
                // Small runs are all overhead and say nothing of a large one.
                return (await Datasets.GetByNameAsync(actor, name, CancellationToken.None)).Current is { Rows: > 50_000, Took.TotalSeconds: > 0 } current ? current.Rows / current.Took.TotalSeconds : null;
            }
            catch (Core.Errors.NotFoundException)
            {
                return null;
            }
        }
    }

    /// <summary>Says at once what it will give, and a moment after the last edit whether it can.</summary>
    private void Changed()
    {
        if (form is null)
            return;
        var options = form.ToOptions(Clock.GetUtcNow());
        estimate = GenerationEstimate.Of(form.Document, options, rowsPerSecond);
        checkedAll = false;
        checking.Cancel();
        checking.Dispose();
        checking = new CancellationTokenSource();
        _ = CheckAsync(form.Document, options, checking.Token);
    }

    private async Task CheckAsync(SchemaDocument document, GenerationOptions options, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Debounce, Clock, cancellation);
            var (result, bytes) = await Task.Run(() =>
            {
                var compiled = GenerationPlan.Compile(document, options);
                return (compiled, compiled.Plan is null ? 0 : DatasetSize.Estimate(compiled.Plan, cancellation));
            }, cancellation);
            if (result.Plan is { } plan && estimate is { } rough)
            {
                var rows = plan.Entities.ToDictionary(entity => entity.Name, entity => entity.Rows, StringComparer.Ordinal);
                estimate = rough with { Rows = rows, TotalRows = rows.Values.Sum(), Bytes = bytes };
            }

            (problems, advice, checkedAll) = (result.Problems, [], true);
            await InvokeAsync(StateHasChanged);
            foreach (var found in result.Problems.Take(MaxShown))
            {
                if (await Task.Run(() => CapacityAdvice.Find(document, options, found, cancellation), cancellation) is not { } fix)
                    continue;
                advice[found] = fix;
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException)
        {
            // A newer edit is being checked, or the page was left.
        }
        catch (Exception exception)
        {
            failure = exception;
            await InvokeAsync(StateHasChanged);
        }
    }

    private void ChangeName(ChangeEventArgs change)
    {
        if (form is null)
            return; // Typed just before another schema was chosen.
        form.Name = change.Value?.ToString()?.Trim() ?? "";
        nameProblem = Web.Datasets.DatasetName.Problem(form.Name);
    }

    private void ChangeScale(ChangeEventArgs change)
    {
        if (form is null)
            return;
        scaleText = change.Value?.ToString();
        scaleWrong = !double.TryParse(scaleText, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) || !(scale > 0) || double.IsInfinity(scale);
        if (scaleWrong)
            return;
        form.Scale = scale;
        Changed();
    }

    private void ChangeSeed(ChangeEventArgs change)
    {
        if (form is null)
            return;
        seedText = change.Value?.ToString();
        seedWrong = !long.TryParse(seedText, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seed);
        if (seedWrong)
            return;
        form.Seed = seed;
        Changed();
    }

    private void ChangeRows(string entity, ChangeEventArgs change)
    {
        if (form is null)
            return;
        var text = change.Value?.ToString()?.Trim() ?? "";
        rowsTexts[entity] = text;
        wrongRows.Remove(entity);
        form.Rows.Remove(entity);
        if (text.Length > 0)
        {
            if (long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var rows) && rows >= 0)
                form.Rows[entity] = rows;
            else
                wrongRows.Add(entity);
        }

        Changed();
    }

    private void ChangeAsOf(ChangeEventArgs change)
    {
        if (form is null)
            return;
        form.AsOf = DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, UserTime.Zone), TimeSpan.Zero) : null;
        Changed();
    }

    private void ApplyPreset(GenerationPreset preset)
    {
        form!.Apply(preset);
        ForgetTypedSizes();
    }

    private void AsDesigned()
    {
        form!.Rows.Clear();
        form.Scale = 1;
        ForgetTypedSizes();
    }

    private void ForgetTypedSizes()
    {
        (scaleText, scaleWrong) = (null, false);
        rowsTexts.Clear();
        wrongRows.Clear();
        Changed();
    }

    private void TakeAdvice(CapacityAdvice fix)
    {
        form!.Rows[fix.Entity] = fix.Rows;
        rowsTexts.Remove(fix.Entity);
        wrongRows.Remove(fix.Entity);
        Changed();
    }

    private void Toggle(RowFormat format)
    {
        if (!form!.Prepare.Remove(format))
            form.Prepare.Add(format);
    }

    private async Task StartAsync()
    {
        if (form is null || !MayStart)
            return;
        (starting, failure) = (true, null);
        try
        {
            await OnStarted.InvokeAsync(await Datasets.GenerateAsync(await Actors.GetAsync(), form.ToRequest(), CancellationToken.None));
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            starting = false;
        }
    }

    private Task CopyTdmAsync() => Clipboard.CopyAsync(form!.ToTdm(Clock.GetUtcNow()), "The command is on the clipboard");

    private async Task GuardAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }

    private string Rows(string entity) => estimate?.Rows.TryGetValue(entity, out var rows) == true ? Figures.Number(rows) : "";

    private string RowsText(string entity) => rowsTexts.GetValueOrDefault(entity) ?? (form!.Rows.TryGetValue(entity, out var rows) ? Figures.Number(rows) : "");

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    public void Dispose()
    {
        checking.Cancel();
        checking.Dispose();
    }
}
