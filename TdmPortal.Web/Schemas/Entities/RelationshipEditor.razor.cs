using System.Globalization;
using Microsoft.AspNetCore.Components;
using Radzen;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;
using TdmPortal.Web.Schemas.Preview;

namespace TdmPortal.Web.Schemas.Entities;

/// <summary>Edits one relationship; every change is made at once, can be undone, and shows in the preview behind.</summary>
public sealed partial class RelationshipEditor : IDisposable
{
    private static readonly (DistributionKind Kind, string Title, string Text)[] Kinds =
    [
        (DistributionKind.Uniform, "Evenly", "every parent is equally likely"),
        (DistributionKind.Zipf, "Skewed", "a few parents have most children"),
        (DistributionKind.PerParent, "So many each", "each parent has from … to … children"),
    ];

    private RelationshipDefinition? relationship;
    private IReadOnlyList<LocatedProblem> problems = [];

    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public LivePreview Preview { get; set; } = null!;
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    private DistributionKind Kind => relationship?.Distribution?.Kind ?? DistributionKind.Uniform;

    protected override void OnInitialized()
    {
        Read();
        Session.Changed += Follow;
        Preview.Updated += Check;
    }

    public void Dispose()
    {
        Session.Changed -= Follow;
        Preview.Updated -= Check;
    }

    private void Read()
    {
        relationship = Session.Document.Relationships.FirstOrDefault(r => r.Name == Name);
        problems = Preview.State.Problems.OfRelationship(Name);
    }

    private void Follow(bool document) => _ = InvokeAsync(() =>
    {
        Read();
        StateHasChanged();
    });

    private void Check(PreviewState state) => Follow(false);

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";
    private static double? Number(ChangeEventArgs change) => double.TryParse(Text(change), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    private static string? Figure(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private RenderFragment Options(string entity, string? chosen) => builder =>
    {
        var names = Session.Document.Entity(entity)?.Fields.Select(f => f.Name).ToList() ?? [];
        if (chosen is null || !names.Contains(chosen))
            names.Insert(0, chosen ?? "");
        foreach (var name in names)
        {
            builder.OpenElement(0, "option");
            builder.SetKey(name);
            builder.AddAttribute(1, "value", name);
            builder.AddAttribute(2, "selected", name == chosen);
            builder.AddContent(3, name.Length == 0 ? "choose…" : name);
            builder.CloseElement();
        }
    };

    private void Set(Func<RelationshipDefinition, RelationshipDefinition> edit)
    {
        var next = edit(relationship!);
        var before = Name;
        Name = next.Name;
        Session.Apply($"Change {before}", d => d.SetRelationship(before, next));
    }

    private void Rename(ChangeEventArgs change)
    {
        var name = SchemaNames.FromText(Text(change), "relationship");
        if (name != Name && Session.Document.Relationships.All(r => r.Name != name))
            Set(r => r with { Name = name });
    }

    private void SetParent(ChangeEventArgs change)
    {
        var parent = Session.Document.Entity(Text(change));
        if (parent is null)
            return;
        Set(r => r with { To = new(parent.Name, parent.PrimaryKey.Count > 0 ? [.. parent.PrimaryKey] : [.. parent.Fields.Take(1).Select(f => f.Name)]), RootPercent = parent.Name == r.From.Entity ? 10 : null });
    }

    private void SetField(bool child, int index, ChangeEventArgs change)
    {
        RelationshipEnd With(RelationshipEnd end)
        {
            var fields = end.Fields.ToList();
            while (fields.Count <= index)
                fields.Add("");
            fields[index] = Text(change);
            return end with { Fields = fields };
        }

        Set(r => child ? r with { From = With(r.From) } : r with { To = With(r.To) });
    }

    private void AddPair() => Set(r => r with { From = r.From with { Fields = [.. r.From.Fields, ""] }, To = r.To with { Fields = [.. r.To.Fields, ""] } });

    private void RemovePair(int index)
    {
        RelationshipEnd Without(RelationshipEnd end) => end with { Fields = [.. end.Fields.Where((_, i) => i != index)] };
        Set(r => r with { From = Without(r.From), To = Without(r.To) });
    }

    private void SetKind(DistributionKind kind) => Set(r => r with
    {
        Distribution = kind switch
        {
            DistributionKind.Zipf => new(kind, Exponent: r.Distribution?.Exponent ?? 1),
            DistributionKind.PerParent => new(kind, Min: r.Distribution?.Min ?? 0, Max: r.Distribution?.Max ?? 3),
            _ => null,
        },
    });

    private void Distribute(Func<DistributionDefinition, DistributionDefinition> edit) => Set(r => r with { Distribution = edit(r.Distribution ?? new(Kind)) });

    private void Delete()
    {
        Session.Apply($"Delete {Name}", d => d.RemoveRelationship(Name));
        Dialogs.Close();
    }
}
