using System.Buffers;
using System.Text;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Looks at UTF-8 as characters, without a string for each text.</summary>
internal static class Characters
{
    public delegate TResult Look<TState, TResult>(ReadOnlySpan<char> text, TState state);

    public static TResult Of<TState, TResult>(ReadOnlySpan<byte> utf8, TState state, Look<TState, TResult> look)
    {
        if (utf8.Length <= 256)
        {
            Span<char> few = stackalloc char[256];
            return look(few[..Encoding.UTF8.GetChars(utf8, few)], state);
        }

        var many = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return look(many.AsSpan(0, Encoding.UTF8.GetChars(utf8, many)), state);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(many);
        }
    }
}
