using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>A cell's value as markup: null, empty, white space and invisible characters look different from text.</summary>
public static class CellContent
{
    /// <param name="longest">Longer text is cut there.</param>
    public static RenderFragment Of(string? cell, int longest = 200) => builder =>
    {
        if (string.IsNullOrEmpty(cell))
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", cell is null ? "cell-null" : "cell-empty");
            builder.AddContent(2, cell is null ? "null" : "empty");
            builder.CloseElement();
            return;
        }

        foreach (var part in CellText.Split(cell, longest))
        {
            if (part.Mark is null)
            {
                builder.AddContent(3, part.Text);
                continue;
            }

            builder.OpenElement(4, "span");
            builder.AddAttribute(5, "class", "cell-mark");
            builder.AddAttribute(6, "title", part.Mark);
            builder.AddContent(7, part.Text);
            builder.CloseElement();
        }
    };

    /// <summary>How a column's cells are set: numbers to the right, what is compared digit by digit in a fixed width.</summary>
    public static string ClassOf(ColumnDescription column) => column switch
    {
        { IsArray: true } or { Type: FieldType.Json } => "cell-code",
        { Type: FieldType.Integer or FieldType.Decimal or FieldType.Double } => "cell-number",
        { Type: FieldType.Uuid } => "cell-code",
        { Type: FieldType.Date or FieldType.Time or FieldType.Timestamp } => "cell-time",
        { Type: FieldType.Boolean } => "cell-boolean",
        _ => "cell-text",
    };

    /// <summary>A column's type in words, for its header.</summary>
    public static string TypeOf(ColumnDescription column) => column.SqlType + (column.Nullable ? ", may be null" : "");
}
