using System.Buffers.Text;
using System.Text.Json;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Datasets;

/// <summary>The row at the edge of a sorted or filtered page, and in which direction to go on from it; opaque outside.</summary>
/// <param name="Backwards">Read the rows before it.</param>
/// <param name="Value">Of the sort column, as the server writes it; null for a null.</param>
internal sealed record RowCursor(bool Backwards, string? Value, long Row)
{
    /// <summary>Stands for the row behind the last one: backwards from there is the last page.</summary>
    public const long Edge = -1;

    public static RowCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text == RowQuery.LastPage)
            return new RowCursor(Backwards: true, null, Edge);
        try
        {
            if (Base64Url.IsValid(text))
                return StoredJson.Read<RowCursor>(System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw Invalid();
    }

    public static PortalException Invalid() => new("dataset.bad_cursor", "The address points to a place in the rows that cannot be understood.") { SuggestedActions = ["Start at the first page."] };

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, StoredJson.Options));
}
