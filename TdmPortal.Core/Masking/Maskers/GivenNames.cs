using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>First names one by one, so that "Anna Maria" becomes the same in a column of first names, in a full name and in a text.</summary>
internal static class GivenNames
{
    /// <summary>Appends the other names; initials become other initials.</summary>
    /// <param name="gender">As <see cref="NameChoice.Write"/> takes it.</param>
    public static void Write(NameChoice choice, ReadOnlySpan<byte> names, TextColumn to, int? gender = null)
    {
        for (var any = false; !names.IsEmpty; any = true)
        {
            var end = NameParts.Word(names);
            if (any)
                to.Append((byte)' ');
            var name = names[..end];
            if (name.Length <= 2 && (name.Length < 2 || name[1] == '.'))
                Initial(choice, name, to, gender);
            else if (!name.IsEmpty)
                choice.Write(name, to, gender);
            names = names[Math.Min(end + 1, names.Length)..];
        }
    }

    /// <summary>The initial of another name: of the one that the letter alone becomes.</summary>
    private static void Initial(NameChoice choice, ReadOnlySpan<byte> letter, TextColumn to, int? gender)
    {
        if (letter.IsEmpty)
            return;
        var before = to.Current.Length;
        choice.Write(letter, to, gender);
        Rune.DecodeFromUtf8(to.Current[before..], out _, out var size);
        to.Truncate(before + size);
        to.Append(letter[1..]);
    }
}
