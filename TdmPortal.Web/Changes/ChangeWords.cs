using TdmPortal.Core.Changes;
using TdmPortal.Data.Changes;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Changes;

/// <summary>What an edit changes, in sentences that claim no more than was looked at.</summary>
public static class ChangeWords
{
    /// <summary>The first line: what changes.</summary>
    public static string Summary(ChangePreview preview)
    {
        var columns = preview.Entities.Where(entity => entity.Kind == ChangeKind.Changed).SelectMany(entity => entity.Columns).ToList();
        var both = preview.Entities.Where(entity => entity.RowsBefore is not null && entity.RowsAfter is not null).ToList();
        var parts = new[]
        {
            Count(columns.Count(column => column.Kind == ChangeKind.Changed), "column changes value", "columns change value"),
            Count(columns.Count(column => column.Kind == ChangeKind.Added), "column appears", "columns appear"),
            Count(columns.Count(column => column.Kind == ChangeKind.Removed), "column goes", "columns go"),
            Count(columns.Count(column => column.IsRetyped), "column gets another type", "columns get another type"),
            Count(preview.Entities.Count(entity => entity.Kind == ChangeKind.Added), "entity appears", "entities appear"),
            Count(preview.Entities.Count(entity => entity.Kind == ChangeKind.Removed), "entity goes", "entities go"),
            Count(both.Count(entity => entity.RowsBefore != entity.RowsAfter), "entity gets another number of rows", "entities get another number of rows"),
        }.OfType<string>().ToList();
        return parts.Count > 0 ? Listed(parts) + "." : preview.IsSame && !preview.Entities.Any(entity => entity.IsCutShort) ? "No value changes." : "No change was found.";
    }

    /// <summary>The second line: how far one looked.</summary>
    public static string Reach(ChangePreview preview)
    {
        var looked = preview.Entities.Where(entity => entity is { IsUntouched: false, FirstRows: > 0 }).ToList();
        if (looked.Count == 0)
            return preview.Entities.All(entity => entity.IsUntouched) ? "Nothing was edited that decides values, so every row stays as it is." : "";
        var (first, spread) = (looked.Max(entity => entity.FirstRows), looked.Max(entity => entity.SpreadRows));
        var words = $"Looked at {(looked.Count == 1 ? looked[0].Name : "each entity within reach")}: the first {Figures.Number(first)} rows{(spread > 0 ? $" and {Figures.Number(spread)} spread over the rest" : "")}. What is not named kept its value there.";
        var cut = preview.Entities.Where(entity => entity.IsCutShort).Select(entity => entity.Name).ToList();
        return cut.Count == 0 ? words : $"{words} Time ran out before all rows of {Listed(cut)} were seen.";
    }

    /// <summary>What changes in one entity.</summary>
    public static string Of(ChangedEntity entity)
    {
        var rows = (entity.RowsBefore, entity.RowsAfter) switch
        {
            (null, { } added) => $"New, with {Rows(added)}",
            ({ } gone, null) => $"Goes, with its {Rows(gone)}",
            ({ } before, { } after) when before != after => $"{Figures.Number(before)} → {Rows(after)}",
            _ => null,
        };
        var seen = entity.FirstRows + entity.SpreadRows;
        var values = entity.RowsChanged > 0 ? $"{Figures.Number(entity.RowsChanged)} of {Rows(seen)} looked at have another value" : seen > 0 && entity.Kind == ChangeKind.Changed ? $"no value changes in {Rows(seen)} looked at" : null;
        return string.Join("; ", new[] { rows, values }.OfType<string>());
    }

    /// <summary>Who uses the schema.</summary>
    /// <param name="ownOnly">Whether only the reader's team is meant.</param>
    public static string Uses(SchemaUse use, bool ownOnly) => (use.Total, use.OtherDatasets) switch
    {
        (0, 0) => ownOnly ? "Your team has no dataset of this schema yet." : "No dataset is made from this schema yet.",
        (0, _) => $"Used by {Others(use)}.",
        (_, 0) => $"Used by {Count(use.Total, "dataset", "datasets")}:",
        _ => $"Used by {Others(use)}, and by {Count(use.Total, "dataset", "datasets")} that you can see:",
    };

    private static string Others(SchemaUse use) => $"{Count(use.OtherDatasets, "dataset", "datasets")} of {Count(use.OtherTeams, "other team", "other teams")}";

    private static string Rows(long count) => $"{Figures.Number(count)} {(count == 1 ? "row" : "rows")}";

    private static string? Count(int count, string one, string several) => count == 0 ? null : $"{Figures.Number(count)} {(count == 1 ? one : several)}";

    private static string Listed(List<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
}
