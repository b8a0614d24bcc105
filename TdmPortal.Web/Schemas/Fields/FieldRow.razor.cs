using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>One field in the grid. Rendered again only when something of it changed, so that a large entity stays fluent.</summary>
public partial class FieldRow
{
    private (FieldDefinition?, int, bool, string?, IReadOnlyList<LocatedProblem>) shown = (null, -1, false, null, []);

    [Parameter, EditorRequired] public FieldDefinition Field { get; set; } = null!;
    [Parameter, EditorRequired] public int Index { get; set; }
    [Parameter] public bool IsKey { get; set; }
    /// <summary>Name of the relationship that fills the field.</summary>
    [Parameter] public string? Relationship { get; set; }
    [Parameter] public IReadOnlyList<LocatedProblem> Problems { get; set; } = [];

    protected override bool ShouldRender()
    {
        var next = (Field, Index, IsKey, Relationship, Problems);
        if (ReferenceEquals(shown.Item1, next.Field) && shown.Item2 == next.Index && shown.Item3 == next.IsKey && shown.Item4 == next.Relationship && shown.Item5.SequenceEqual(next.Problems))
            return false;
        shown = next;
        return true;
    }

    protected override void OnParametersSet()
    {
        if (shown.Item1 is null)
            shown = (Field, Index, IsKey, Relationship, Problems);
    }

    private string? Mark(FieldColumn column) => Problems.Any(p => p.Column == column && p.IsError) ? "bad" : Problems.Any(p => p.Column == column) ? "odd" : null;

    private string? Reason(FieldColumn column) => Problems.Where(p => p.Column == column).Select(p => p.Problem.Message).FirstOrDefault();

    private RenderFragment Flag(FieldColumn column) => builder =>
    {
        if (Reason(column) is not { } reason)
            return;
        builder.OpenElement(0, "i");
        builder.AddAttribute(1, "class", "material flag");
        builder.AddAttribute(2, "role", "img");
        builder.AddAttribute(3, "aria-label", reason);
        builder.AddContent(4, Mark(column) == "bad" ? "error" : "warning");
        builder.CloseElement();
    };
}
