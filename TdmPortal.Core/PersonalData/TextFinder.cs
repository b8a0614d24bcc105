using System.Collections.Frozen;
using System.Runtime.InteropServices;
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
    private readonly MoreFindings? more;

    /// <summary>Adds pieces that only its owner knows, in any order; they may overlap others.</summary>
    internal delegate void MoreFindings(ReadOnlySpan<byte> text, List<TextFinding> found);

    /// <summary>A finder.</summary>
    /// <param name="least">Pieces with less confidence are left out, 0..1.</param>
    /// <param name="kinds">Names of <see cref="PersonalKinds"/> that are looked for; null: all.</param>
    public TextFinder(double least = PersonalFinding.Counts, IReadOnlyCollection<string>? kinds = null)
    {
        this.least = (float)least;
        this.kinds = kinds?.ToFrozenSet(StringComparer.Ordinal);
    }

    internal TextFinder(double least, MoreFindings? more)
        : this(least) => this.more = more;

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
        new TextScan(text, found, seen, least).Run();
        if (more is not null)
        {
            // These come behind all others, so their order is no near one.
            var scanned = found.Count;
            more(text, found);
            Keep(found, scanned);
            found.Sort(ByPlace);
        }

        Resolve(found);
    }

    /// <summary>Lets go of pieces that are not wanted, in one walk: a text may hold very many.</summary>
    private void Keep(List<TextFinding> found, int from)
    {
        var kept = from;
        for (var i = from; i < found.Count; i++)
        {
            if (found[i].Confidence >= least && kinds?.Contains(found[i].Kind.Name) != false)
                found[kept++] = found[i];
        }

        found.RemoveRange(kept, found.Count - kept);
    }

    /// <summary>Of pieces that overlap the surer one, and of equally sure ones the longer, stays.</summary>
    private void Resolve(List<TextFinding> found)
    {
        if (kinds is not null)
            Keep(found, 0);
        if (found.Count < 2)
            return;
        Sort(found);
        var count = found.Count;
        var kept = 0;
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

    /// <summary>By place, the longer first. They come nearly in order, so that each moves a few places at most.</summary>
    private static void Sort(List<TextFinding> found)
    {
        var all = CollectionsMarshal.AsSpan(found);
        for (var i = 1; i < all.Length; i++)
        {
            var next = all[i];
            var at = i;
            for (; at > 0 && (all[at - 1].Start > next.Start || (all[at - 1].Start == next.Start && all[at - 1].Length < next.Length)); at--)
                all[at] = all[at - 1];
            all[at] = next;
        }
    }

    private static bool Weaker(TextFinding one, TextFinding other) =>
        one.Confidence < other.Confidence || (one.Confidence == other.Confidence && one.Length <= other.Length);
}
