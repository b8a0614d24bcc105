using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Reads a gender as databases write it.</summary>
internal static class GenderOf
{
    /// <summary>0 a man, 1 a woman, null where it says neither. In English, German and the Romance languages.</summary>
    public static int? Read(Column column, int row)
    {
        if (column is not TextColumn text || column.IsNull(row))
            return null;
        var word = text[row].Trim((byte)' ');
        return word.IsEmpty ? null
            : Ascii.EqualsIgnoreCase(word, "mrs"u8) || Ascii.EqualsIgnoreCase(word, "ms"u8) || Ascii.EqualsIgnoreCase(word, "mme"u8) || Ascii.EqualsIgnoreCase(word, "miss"u8) ? 1
            : (word[0] | 0x20) switch { 'f' or 'w' => 1, 'm' or 'h' => 0, _ => null };
    }
}
