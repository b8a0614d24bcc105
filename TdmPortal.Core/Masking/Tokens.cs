using System.Text;
using TdmPortal.Core.Masking.Maskers;

namespace TdmPortal.Core.Masking;

/// <summary>Reads reversible tokens back.</summary>
public static class Tokens
{
    /// <summary>The value that became a token.</summary>
    /// <param name="team">The team's key that was in use.</param>
    /// <param name="identity">Name of the identity that the column belongs to.</param>
    /// <returns>Null: it is no token, or one of another key or identity.</returns>
    public static string? Reveal(MaskingKey team, string identity, string token) =>
        TokenMasker.Reveal(team.Derive($"identity {identity}"), Encoding.UTF8.GetBytes(token)) is { } value ? Encoding.UTF8.GetString(value) : null;
}
