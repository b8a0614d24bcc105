using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.PersonalData.Searching;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Members of JSON that are personal: by the member's name as columns are by theirs, else by what is found in the value. Each becomes
/// what it becomes in a column of its kind. May be used by several threads.
/// </summary>
internal sealed class FoundMembers
{
    /// <summary>As sure as a name must be by itself; "state" or "country" is too often something else in a document.</summary>
    private const double Sure = 0.6;

    /// <summary>A document whose names are data has no end of names.</summary>
    private const int MostNames = 1000;

    [ThreadStatic]
    private static List<TextFinding>? findings;

    [ThreadStatic]
    private static byte[]? room;

    private readonly TextFinder finder;
    private readonly Dictionary<PersonalKind, PieceMasker> kinds;
    private readonly PersonShift? dates;
    private readonly Lock adding = new();

    // Replaced as a whole when a name comes up for the first time.
    private volatile Dictionary<byte[], Member> members = new(Utf8Comparer.Instance);

    public FoundMembers(MaskerContext context, TextFinder finder, Dictionary<PersonalKind, PieceMasker> kinds)
    {
        (this.finder, this.kinds) = (finder, kinds);
        var rule = context.OfKind("birth_date");
        if (rule is null or { Masker: "date_shift" or "scramble" })
            dates = new(context, context.ValuesOf("birth_date").Key, rule?.Args["days"] is { ValueKind: System.Text.Json.JsonValueKind.Number } days && days.TryGetInt32(out var most) ? most : DateShiftMasker.UsualDays);
        Whole = Named(context.Column.Name);
    }

    /// <summary>The document itself: its name is the column's.</summary>
    public Member Whole { get; }

    /// <summary>The member of a name.</summary>
    public Member Of(ReadOnlySpan<byte> name)
    {
        if (members.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var member))
            return member;
        member = Named(Encoding.UTF8.GetString(name));
        lock (adding)
        {
            if (members.Count < MostNames)
                members = new(members, Utf8Comparer.Instance) { [name.ToArray()] = member };
        }

        return member;
    }

    /// <summary>Appends the masked value of a member.</summary>
    public void Write(Member member, MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        if (value.IsEmpty || (member.IsBirthDate && dates is not null && Moved(value, dates.Of(batch, row), to)))
            return;

        // The words of the name are context, as words before a piece are.
        var before = member.Words.Length;
        var text = room is { } enough && enough.Length >= before + value.Length ? enough : room = new byte[(before + value.Length) * 2];
        member.Words.CopyTo(text, 0);
        value.CopyTo(text.AsSpan(before));
        var found = findings ??= [];
        finder.Find(text.AsSpan(0, before + value.Length), found);

        // Names that columns know, side by side, tell first from last more surely than the member's name does.
        if (member.Masker is { } masker && !(member.IsFullName && found.Count == 2 && found[0].Start == before && found[1].Start + found[1].Length == before + value.Length))
        {
            masker.Write(value, to);
            return;
        }

        var written = before;
        foreach (var piece in found)
        {
            if (piece.Start < before || !kinds.TryGetValue(piece.Kind, out var of))
                continue;
            to.Append(text.AsSpan(written, piece.Start - written));
            of.Write(text.AsSpan(piece.Start, piece.Length), to);
            written = piece.Start + piece.Length;
        }

        to.Append(text.AsSpan(written, before + value.Length - written));
    }

    /// <summary>Appends a date moved by so many days, with the time behind it; false where the value is none that is written as 1985-03-12.</summary>
    private static bool Moved(ReadOnlySpan<byte> value, int days, TextColumn to)
    {
        const int Size = 10;
        if (value.Length < Size || value[4] != '-' || value[7] != '-' || (value.Length > Size && value[Size] is not ((byte)'T' or (byte)' '))
            || !Utf8Parser.TryParse(value[..4], out int year, out var used) || used != 4 || !Utf8Parser.TryParse(value[5..7], out int month, out used) || used != 2 || !Utf8Parser.TryParse(value[8..Size], out int day, out used) || used != 2
            || year is < 1000 or > 9000 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        new DateOnly(year, month, day).AddDays(days).TryFormat(to.Reserve(Size), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        to.Advance(written);
        to.Append(value[Size..]);
        return true;
    }

    private Member Named(string name)
    {
        var legal = LegalNames.ToLegal(name);
        var evidence = ColumnNames.Find(new() { Name = "document" }, new() { Name = legal, Type = FieldType.String }, isPerson: true);
        var kind = evidence is { Weight: >= Sure } && PersonalKinds.Find(evidence.Kind) is { Name: not "free_text" } known ? known : null;
        return new(kind is null ? null : kinds[kind], kind?.Name == "full_name", kind?.Name == "birth_date", Encoding.UTF8.GetBytes($"{legal.Replace('_', ' ')}: "));
    }

    /// <param name="Masker">By the name alone; null: the name says nothing.</param>
    /// <param name="Words">The name's words and a colon.</param>
    public sealed record Member(PieceMasker? Masker, bool IsFullName, bool IsBirthDate, byte[] Words);
}
