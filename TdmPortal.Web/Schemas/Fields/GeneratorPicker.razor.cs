using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>Chooses a field's generator: proposals with their reason first, then a search over everything, each with live values.</summary>
public sealed partial class GeneratorPicker : IAsyncDisposable
{
    private const int SampleCount = 5;
    private static readonly IReadOnlyList<string> Categories = [.. GeneratorCatalogue.All.Select(g => g.Category).Distinct(StringComparer.Ordinal)];

    private readonly Dictionary<string, decimal?> capacities = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> headings = [];
    private readonly CancellationTokenSource closing = new();
    private IReadOnlyList<GeneratorChoice> choices = [];
    private IReadOnlyList<string> samples = [];
    private decimal? capacity;
    private string? category;
    private string typed = "";
    private int at;
    private int look;
    private ElementReference element;
    private ElementReference input;
    private IJSObjectReference? module;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public FieldDefinition Field { get; set; } = null!;
    [Parameter, EditorRequired] public EntityDefinition Entity { get; set; } = null!;
    [Parameter] public string Locale { get; set; } = "en";
    /// <summary>Rows asked for, null where a relationship decides.</summary>
    [Parameter] public long? Rows { get; set; }
    /// <summary>Generators that the document uses already, the most used first.</summary>
    [Parameter] public IReadOnlyList<string> Used { get; set; } = [];
    /// <summary>What was typed before the picker opened.</summary>
    [Parameter] public string Typed { get; set; } = "";
    [Parameter] public EventCallback<GeneratorChoice> OnChoose { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }

    private GeneratorChoice? Current => at < choices.Count ? choices[at] : null;
    private bool MustBeUnique => Field.Unique || (Entity.PrimaryKey.Count == 1 && Entity.PrimaryKey[0] == Field.Name);

    protected override async Task OnInitializedAsync()
    {
        typed = Typed;
        List();
        await LookAsync();
        if (MustBeUnique && Rows is not null)
            await MeasureAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        var removed = closing.Token;
        module = await Js.InvokeAsync<IJSObjectReference>("import", removed, "./js/schema-designer.js");
        await module.InvokeVoidAsync("anchor", removed, element, input);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        closing.Dispose();
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private void List()
    {
        headings.Clear();
        at = 0;
        var all = GeneratorCatalogue.All.Where(g => category is null || g.Category == category);
        if (typed.Trim().Length > 0)
        {
            choices = [.. GeneratorSearch.Find(all, typed).OrderBy(g => g.Types.Contains(Field.Type) ? 0 : 1).Take(60).Select(g => new GeneratorChoice(g, null, null))];
            return;
        }

        var list = new List<GeneratorChoice>();
        if (category is null)
        {
            headings[0] = "Proposed";
            list.AddRange(GeneratorProposals.For(Entity.Name, Field.Name, Field.Type, Field.MaxLength)
                .Where(p => GeneratorCatalogue.Find(p.Generator) is not null)
                .Select(p => new GeneratorChoice(GeneratorCatalogue.Find(p.Generator)!, p.Args, p.Reason)));
            var used = Used.Select(GeneratorCatalogue.Find).OfType<GeneratorDefinition>().Where(g => g.Types.Contains(Field.Type)).Take(5).ToList();
            if (used.Count > 0)
                headings[list.Count] = "Used in this schema";
            list.AddRange(used.Select(g => new GeneratorChoice(g, null, null)));
        }

        foreach (var group in all.GroupBy(g => g.Category, StringComparer.Ordinal))
        {
            headings[list.Count] = group.Key;
            list.AddRange(group.OrderBy(g => g.Types.Contains(Field.Type) ? 0 : 1).Select(g => new GeneratorChoice(g, null, null)));
        }

        choices = list;
    }

    private async Task SearchAsync()
    {
        List();
        await LookAsync();
    }

    private async Task FilterAsync(string name)
    {
        category = category == name ? null : name;
        List();
        await LookAsync();
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                await MoveToAsync(Math.Min(choices.Count - 1, at + 1), true);
                break;
            case "ArrowUp":
                await MoveToAsync(Math.Max(0, at - 1), true);
                break;
            case "PageDown":
                await MoveToAsync(Math.Min(choices.Count - 1, at + 8), true);
                break;
            case "PageUp":
                await MoveToAsync(Math.Max(0, at - 8), true);
                break;
            case "Enter" when Current is { } current:
                await ChooseAsync(current);
                break;
            case "Escape":
                await OnClose.InvokeAsync();
                break;
        }
    }

    private async Task MoveToAsync(int index, bool scroll)
    {
        if (index < 0 || index == at)
            return;
        at = index;
        if (scroll && module is not null)
            await module.InvokeVoidAsync("scrollTo", element, $"pick-{index}");
        await LookAsync();
    }

    private Task ChooseAsync(GeneratorChoice choice) => OnChoose.InvokeAsync(choice);

    /// <summary>Live values of the line that the author is on; a later move makes an earlier look void.</summary>
    private async Task LookAsync()
    {
        var mine = ++look;
        if (Current is not { } current)
            return;
        var (type, args) = (TypeFor(current), current.Args ?? ArgumentValues.Empty);
        var (values, count) = await Task.Run(() => (GeneratorCatalogue.Sample(current.Definition.Name, args, type, Locale, SampleCount), GeneratorCatalogue.Capacity(current.Definition.Name, args, type, Locale, Field.MaxLength)));
        if (mine != look || closing.IsCancellationRequested)
            return;
        (samples, capacity) = (values, count);
        StateHasChanged();
    }

    /// <summary>What each can give, for a field that must not repeat; in the background, the list is there meanwhile.</summary>
    private async Task MeasureAsync()
    {
        var measured = await Task.Run(() => GeneratorCatalogue.All.Where(g => g.Types.Contains(Field.Type))
            .ToDictionary(g => g.Name, g => GeneratorCatalogue.Capacity(g.Name, ArgumentValues.Empty, Field.Type, Locale, Field.MaxLength), StringComparer.Ordinal));
        foreach (var (name, count) in measured)
            capacities[name] = count;
    }

    private FieldType TypeFor(GeneratorChoice choice) => choice.Definition.Types.Contains(Field.Type) ? Field.Type : choice.Definition.Types[0];

    /// <summary>Why a generator does not fit as things are; null when it does.</summary>
    private string? Why(GeneratorChoice choice)
    {
        if (!choice.Definition.Types.Contains(Field.Type))
            return $"makes the field {FieldText.Type(choice.Definition.Types[0])}";
        return MustBeUnique && Rows is { } asked && choice.Args is null && capacities.TryGetValue(choice.Definition.Name, out var count) && count < asked
            ? $"gives {FieldText.Count(count.Value)} different values, {FieldText.Count(asked)} are asked"
            : null;
    }
}
