using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Quality;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Quality;

/// <summary>A team's rules for a schema. What is shown stands in the address; what is edited is a draft until it is saved as a version.</summary>
public sealed partial class QualityRulesPage(ActorProvider actors, QualityRuleStore store, QualityTrials trials, NavigationManager navigation, DialogService dialogs, Confirmations confirmations, Toasts toasts) : IDisposable
{
    private const int MostShown = 100;

    private readonly Dictionary<string, int> limits = new(StringComparer.Ordinal);
    private RulesView view = new();
    private QualityRulesRecord? saved;
    private QualityRules draft = QualityRules.None;
    private IReadOnlyList<TrialVersion> versions = [];
    private IReadOnlyList<SchemaProblem> problems = [], openProblems = [], imported = [];
    private HashSet<string> wrongRules = new(StringComparer.Ordinal);
    private List<QualityRule> found = [];
    private QualityRule? openRule, newRule;
    private Scenario? openScenario, newScenario;
    private bool taken, saving;
    private string? note;
    private Exception? problem, refused;
    private Guid shown;

    [Parameter] public Guid Id { get; set; }

    private bool IsDirty => saved is not null && !ReferenceEquals(draft, saved.Rules);

    /// <summary>Where drafts are tried: the version of the address, else the first there is.</summary>
    private Guid? On => view.On is { } wanted ? (wanted == Guid.Empty ? null : wanted) : versions.Count > 0 ? versions[0].VersionId : null;

    /// <summary>What a new scenario does not say yet is not wrong.</summary>
    private IReadOnlyList<SchemaProblem> ShownProblems => view.IsNew && openScenario is { } scenario
        ? [.. openProblems.Where(one => !(one.Path == "name" && scenario.Name.Length == 0) && !(one.Path == "condition" && scenario.Condition.Length == 0))]
        : openProblems;

    /// <summary>Rows of a scenario can be counted before it has a name.</summary>
    private bool CanCount => openProblems.All(one => one.Path == "name");

    protected override void OnInitialized()
    {
        navigation.LocationChanged += OnLocation;
        view = RulesView.Parse(new Uri(navigation.Uri).Query);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id)
            return;
        shown = Id;
        await ReadAsync();
    }

    public void Dispose() => navigation.LocationChanged -= OnLocation;

    private void OnLocation(object? sender, LocationChangedEventArgs change)
    {
        var uri = new Uri(change.Location);
        if (uri.AbsolutePath != PortalUrls.SchemaQuality(Id))
            return;
        view = RulesView.Parse(uri.Query);
        if (!view.IsNew)
            (newRule, newScenario) = (null, null);
        _ = InvokeAsync(() =>
        {
            Show();
            StateHasChanged();
        });
    }

    private async Task ReadAsync()
    {
        try
        {
            var actor = await actors.GetAsync();
            saved = await store.GetAsync(actor, Id, null, CancellationToken.None);
            versions = await trials.VersionsAsync(actor, Id, CancellationToken.None);
            (draft, problem, refused, note) = (saved.Rules, null, null, null);
        }
        catch (NotFoundException missing)
        {
            await DispatchExceptionAsync(missing);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = exception;
        }

        Show();
    }

    /// <summary>What follows from the draft and the address.</summary>
    private void Show()
    {
        if (saved is null)
            return;
        problems = RuleValidator.Validate(saved.Document, draft);
        wrongRules = [.. draft.Rules.Where((_, at) => problems.Any(one => one.Path.StartsWith($"rules[{at.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", StringComparison.Ordinal))).Select(rule => rule.Name)];
        var words = view.Search;
        found = [.. draft.Rules.Where(rule => words is null || new[] { rule.Name, rule.Check, rule.Entity, string.Join(' ', rule.Columns), rule.Note ?? "" }.Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase)))];
        openRule = view.Part != RulesPart.Rules ? null : view.IsNew ? newRule ??= Fresh() : draft.Rules.FirstOrDefault(rule => rule.Name == view.Open);
        openScenario = view.Part != RulesPart.Scenarios ? null : view.IsNew ? newScenario ??= new Scenario { Name = "", Entity = saved.Document.Entities[0].Name, Condition = "" } : draft.Scenarios.FirstOrDefault(scenario => scenario.Name == view.Open);
        openProblems = openRule is not null ? RuleValidator.Validate(saved.Document, openRule) : openScenario is not null ? RuleValidator.Validate(saved.Document, openScenario) : [];
        taken = (openRule is not null && draft.Rules.Any(rule => !ReferenceEquals(rule, openRule) && rule.Name.Equals(openRule.Name, StringComparison.OrdinalIgnoreCase)))
            || (openScenario is not null && draft.Scenarios.Any(scenario => !ReferenceEquals(scenario, openScenario) && scenario.Name.Equals(openScenario.Name, StringComparison.OrdinalIgnoreCase)));
    }

    private QualityRule Fresh()
    {
        var check = CheckCatalogue.Find("not_null") ?? CheckCatalogue.All[0];
        var entity = saved!.Document.Entities[0];
        IReadOnlyList<string> columns = check.LeastColumns == 0 || entity.Fields.Count == 0 ? [] : [entity.Fields[0].Name];
        return new QualityRule { Name = RuleSetEdits.NameOf(check, entity.Name, columns), Kind = check.Kind, Entity = entity.Name, Columns = columns, Check = check.Name };
    }

    private void Set(QualityRules rules)
    {
        draft = rules;
        Show();
    }

    private void ChangeRule(QualityRule rule)
    {
        if (view.IsNew)
        {
            newRule = rule;
            Show();
            return;
        }

        var former = openRule!.Name;
        Set(RuleSetEdits.With(draft, former, rule));
        if (former != rule.Name)
            navigation.NavigateTo(Href(view with { Open = rule.Name }), replace: true);
    }

    private void AddRule()
    {
        var rule = newRule!;
        Set(RuleSetEdits.With(draft, null, rule));
        navigation.NavigateTo(Href(view with { IsNew = false, Open = rule.Name }));
    }

    private void RemoveRule(QualityRule rule)
    {
        Set(RuleSetEdits.Without(draft, rule.Name));
        // What was edited since stays; what came back by other means is not there twice.
        toasts.Undo($"“{rule.Name}” is removed from the draft", () => InvokeAsync(() =>
        {
            if (draft.Rules.All(other => other.Name != rule.Name))
                Set(RuleSetEdits.With(draft, null, rule));
            StateHasChanged();
        }));
    }

    private void ChangeScenario(Scenario scenario)
    {
        if (view.IsNew)
        {
            newScenario = scenario;
            Show();
            return;
        }

        var former = openScenario!.Name;
        Set(RuleSetEdits.With(draft, former, scenario));
        if (former != scenario.Name)
            navigation.NavigateTo(Href(view with { Open = scenario.Name }), replace: true);
    }

    private void AddScenario()
    {
        var scenario = newScenario!;
        Set(RuleSetEdits.With(draft, null, scenario));
        navigation.NavigateTo(Href(view with { IsNew = false, Open = scenario.Name }));
    }

    private void RemoveScenario(Scenario scenario)
    {
        Set(RuleSetEdits.WithoutScenario(draft, scenario.Name));
        toasts.Undo($"“{scenario.Name}” is removed from the draft", () => InvokeAsync(() =>
        {
            if (draft.Scenarios.All(other => other.Name != scenario.Name))
                Set(RuleSetEdits.With(draft, null, scenario));
            StateHasChanged();
        }));
    }

    private async Task DeriveAsync()
    {
        var derived = DerivedRules.Refresh(draft, saved!.Document);
        if (await dialogs.OpenAsync<DeriveDialog>("Derive rules from the schema", new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(DeriveDialog.Derived)] = derived }!, new DialogOptions { Width = "min(40rem, 94vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) is true)
            Set(derived.Rules);
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        try
        {
            using var memory = new MemoryStream();
            await using (var file = change.File.OpenReadStream(RulesFile.MaxBytes))
                await file.CopyToAsync(memory);
            var read = RulesFile.Read(memory.ToArray());
            imported = read.Problems;
            if (read.Rules is null || read.Problems.Count > 0)
                return;
            Set(read.Rules);
            toasts.Info("The file's rules are in the draft", problems.Count == 0 ? "Save them to make them count." : $"{Figures.Number(problems.Count)} things do not fit this schema.");
        }
        catch (IOException exception)
        {
            toasts.Error(new PortalException("quality.bad_file", $"The file is larger than {Figures.Bytes(RulesFile.MaxBytes)}, or could not be read.", exception));
        }
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var version = await store.SaveAsync(await actors.GetAsync(), Id, saved!.LatestVersion, draft, note, CancellationToken.None);
            toasts.Success($"The rules are saved as version {version}", "Reports that are made from now on check them.");
            await ReadAsync();
        }
        catch (PortalException exception)
        {
            refused = exception;
        }

        saving = false;
    }

    private async Task DiscardAsync()
    {
        if (await confirmations.AskAsync("Discard what is not saved?", "The rules are again as they were saved last.", "Discard"))
            await ReadAsync();
    }

    /// <summary>Takes a saved version into the draft.</summary>
    private async Task TakeAsync(int version)
    {
        try
        {
            var former = await store.GetAsync(await actors.GetAsync(), Id, version, CancellationToken.None);
            note = $"As version {version}";
            Set(former.Rules);
            navigation.NavigateTo(Href(new RulesView { On = view.On }));
        }
        catch (PortalException exception)
        {
            toasts.Error(exception);
        }
    }

    private async Task LeavingAsync(LocationChangingContext leaving)
    {
        if (!IsDirty || new Uri(navigation.ToAbsoluteUri(leaving.TargetLocation).ToString()).AbsolutePath == PortalUrls.SchemaQuality(Id))
            return;
        if (!await confirmations.AskAsync("Leave without saving?", "What you changed in the rules is not saved.", "Leave"))
            leaving.PreventNavigation();
    }

    private void ChooseVersion(Guid? version) => navigation.NavigateTo(Href(view with { On = version ?? Guid.Empty }), replace: true);

    private void Search(ChangeEventArgs change) => navigation.NavigateTo(Href(view with { Search = change.Value?.ToString()?.Trim() is { Length: > 0 } words ? words : null }));

    private string Href(RulesView wanted) => PortalUrls.SchemaQuality(Id) + wanted.ToQueryString();
}
