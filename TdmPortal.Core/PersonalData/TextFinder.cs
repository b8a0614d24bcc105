using System.Collections.Frozen;
using TdmPortal.Core.PersonalData.Texts;

namespace TdmPortal.Core.PersonalData;

/// <summary>
/// Finds the pieces of a UTF-8 text that are personal: addresses of all kinds, phone numbers, cards, accounts, national numbers with
/// their check digits, names and places by dictionary. Words near a piece raise its confidence by 0.35, to at least 0.4 (the scheme of
/// Microsoft Presidio). The time is linear in the text's length, and nothing is allocated for a text. May be used by several threads.
/// </summary>
public sealed class TextFinder
{
    private static readonly Comparison<TextFinding> ByPlace = static (one, other) =>
        one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.Length.CompareTo(one.Length);

    private readonly float least;
    private readonly FrozenSet<string>? kinds;

    /// <summary>A finder.</summary>
    /// <param name="least">Pieces with less confidence are left out, 0..1.</param>
    /// <param name="kinds">Names of <see cref="PersonalKinds"/> that are looked for; null: all.</param>
    public TextFinder(double least = PersonalFinding.Counts, IReadOnlyCollection<string>? kinds = null)
    {
        this.least = (float)least;
        this.kinds = kinds?.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>All kinds, from <see cref="PersonalFinding.Counts"/> on.</summary>
    public static TextFinder Default { get; } = new();

    /// <summary>Clears the list and fills it with what is in the text, in order; pieces do not overlap.</summary>
    public void Find(ReadOnlySpan<byte> text, List<TextFinding> found)
    {
        found.Clear();
        if (text.Length < 2)
            return;
        Span<int> seen = stackalloc int[WordBook.Contexts];
        seen.Fill(int.MinValue / 2);
        new TextScan(text, found, seen).Run();
        Resolve(found);
    }

    /// <summary>Keeps what is sure enough; of pieces that overlap the surer one, and of equally sure ones the longer.</summary>
    private void Resolve(List<TextFinding> found)
    {
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Confidence >= least && (kinds is null || kinds.Contains(found[i].Kind.Name)))
                found[kept++] = found[i];
        }

        found.RemoveRange(kept, found.Count - kept);
        if (kept < 2)
            return;
        found.Sort(ByPlace);
        var count = kept;
        kept = 0;
        for (var i = 0; i < count; i++)
        {
            var next = found[i];
            var isKept = true;
            while (isKept && kept > 0 && found[kept - 1].Start + found[kept - 1].Length > next.Start)
            {
                isKept = !Weaker(next, found[kept - 1]);
                kept -= isKept ? 1 : 0;
            }

            if (isKept)
                found[kept++] = next;
        }

        found.RemoveRange(kept, found.Count - kept);
    }

    private static bool Weaker(TextFinding one, TextFinding other) =>
        one.Confidence < other.Confidence || (one.Confidence == other.Confidence && one.Length <= other.Length);
}
