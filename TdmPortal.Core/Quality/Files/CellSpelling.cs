using System.Text;
using TdmPortal.Core.Learning.Forms;

namespace TdmPortal.Core.Quality.Files;

/// <summary>How values of a column are spelled in a file.</summary>
/// <param name="form">Null: as the product writes them.</param>
/// <param name="nulls">Texts that are no value.</param>
internal sealed class CellSpelling(CellForm? form, IReadOnlyList<string> nulls)
{
    private readonly byte[][] nulls = [.. nulls.Select(Encoding.UTF8.GetBytes)];
    private readonly int longestNull = nulls.Count == 0 ? -1 : nulls.Max(Encoding.UTF8.GetByteCount);

    /// <summary>The kind of a cell and, in <paramref name="text"/>, its value as the product writes it.</summary>
    public CellKind Read(CellKind kind, ref ReadOnlySpan<byte> text, Span<byte> normal)
    {
        if (text.Length <= longestNull)
        {
            foreach (var spelling in nulls)
            {
                if (text.SequenceEqual(spelling))
                    return CellKind.Null;
            }
        }

        if (form is null)
            return kind;
        if (!form.TryNormalise(text, normal, out var length))
            return CellKind.Broken;
        text = normal[..length];
        // A number or a truth value that is written as a text in JSON is read all the same.
        return CellKind.Plain;
    }
}
