using System.Text;

namespace TdmPortal.Core.Learning;

/// <summary>A line of a file that could not be read as a row; it holds nothing of what stands there.</summary>
/// <param name="Line">From 1; where the row begins.</param>
/// <param name="Reason">In words: "it has 3 values instead of 5".</param>
/// <param name="Shape">The line with letters as <c>a</c> and digits as <c>9</c>, runs of them as one, shortened.</param>
public sealed record BadLine(long Line, string Reason, string Shape)
{
    private const int LongestShape = 60;

    /// <summary>The shape of a line: enough to see what is wrong with it, too little to read what it said.</summary>
    internal static string ShapeOf(ReadOnlySpan<byte> line)
    {
        var shape = new StringBuilder();
        var last = '\0';
        foreach (var b in line)
        {
            var c = b switch
            {
                >= (byte)'0' and <= (byte)'9' => '9',
                >= 0x80 or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') => 'a',
                (byte)'\t' => '→',
                < 0x20 or 0x7f => '·',
                _ => (char)b,
            };
            if (c == last && c is 'a' or '9' or ' ')
                continue;
            if (shape.Length == LongestShape)
                return shape.Append('…').ToString();
            shape.Append(c);
            last = c;
        }

        return shape.ToString();
    }
}
