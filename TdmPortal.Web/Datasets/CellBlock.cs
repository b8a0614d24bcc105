namespace TdmPortal.Web.Datasets;

/// <summary>A block of cells in the window, all ends included.</summary>
public sealed record CellBlock(int Top, int Left, int Bottom, int Right)
{
    public int Rows => Bottom - Top + 1;
    public int Columns => Right - Left + 1;
}
