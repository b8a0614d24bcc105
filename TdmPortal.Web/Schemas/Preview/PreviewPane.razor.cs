using System.Globalization;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>Twenty rows of the open entity as they would be generated; always in sight while designing.</summary>
public partial class PreviewPane
{
    private const int ChildrenShown = 5;

    private readonly Dictionary<long, IReadOnlyList<ChildRows>> unfolded = [];
    private PreviewState? shown;
    private string? shownHighlight;
    private PreviewRows? rows;
    private IReadOnlyList<RelationshipDefinition> childRelationships = [];
    private long? jump;
    private long another;

    [Parameter, EditorRequired] public PreviewState State { get; set; } = PreviewState.Empty;
    [Parameter] public string? Entity { get; set; }
    /// <summary>The column whose field is selected.</summary>
    [Parameter] public string? Highlight { get; set; }
    /// <summary>Another window is to be shown; its first row.</summary>
    [Parameter] public EventCallback<long> OnWindow { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(shown, State))
            return;
        rows = State.Rows;
        childRelationships = State.Plan is null ? [] : [.. State.Plan.Document.Relationships.Where(r => r.To.Entity == State.Entity)];
        foreach (var row in unfolded.Keys.ToList())
        {
            if (rows is null || shown?.Entity != State.Entity || !rows.RowNumbers.Contains(row) || childRelationships.Count == 0)
                unfolded.Remove(row);
            else
                unfolded[row] = Children(row);
        }
    }

    protected override bool ShouldRender()
    {
        var changed = !ReferenceEquals(shown, State) || shownHighlight != Highlight || acted;
        (shown, shownHighlight, acted) = (State, Highlight, false);
        return changed;
    }

    private bool acted;

    private Task GoAsync(long row)
    {
        acted = true;
        return OnWindow.InvokeAsync(Math.Clamp(row, 0, Math.Max(0, (rows?.TotalRows ?? 1) - 1)));
    }

    private Task JumpAsync()
    {
        var row = jump;
        jump = null;
        return row is null ? Task.CompletedTask : GoAsync(row.Value - 1);
    }

    /// <summary>Walks the entity in golden-ratio steps: each look is at a part far from the ones before.</summary>
    private Task AnotherAsync()
    {
        var windows = Math.Max(1, (rows!.TotalRows + LivePreview.WindowRows - 1) / LivePreview.WindowRows);
        another++;
        var share = another * 0.6180339887498949 % 1;
        return GoAsync((long)(share * windows) * LivePreview.WindowRows);
    }

    private void UnfoldAsync(long row)
    {
        acted = true;
        if (!unfolded.Remove(row))
            unfolded[row] = Children(row);
    }

    private IReadOnlyList<ChildRows> Children(long row) =>
        [.. childRelationships.Select(r => new ChildRows(r.Name, r.From.Entity, State.Plan!.PreviewChildren(r.Name, row, ChildrenShown)))];

    private string? Class(int row, int column)
    {
        var name = rows!.Columns[column].Name;
        var number = IsNumber(rows.Columns[column]);
        // Two names for one animation: a cell that changes twice in a row flashes twice.
        var flash = !State.Changed.Contains((rows.RowNumbers[row], name)) ? null : State.Number % 2 == 0 ? "flash-a" : "flash-b";
        return (number, flash) switch
        {
            (false, null) => null,
            (true, null) => "n",
            (false, _) => flash,
            _ => "n " + flash,
        };
    }

    private static bool IsNumber(ColumnDescription column) => column is { IsArray: false, Type: FieldType.Integer or FieldType.Decimal or FieldType.Double };

    private string HeadClass(ColumnDescription column) => (IsNumber(column) ? "n" : "") + (column.Name == Highlight ? " here" : "");

    private string? Reason(string field) => Entity is null ? null : State.Problems.OfField(Entity, field).Select(p => p.Problem.Message).FirstOrDefault();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length > 14 ? text[..13] + "…" : text;
}
