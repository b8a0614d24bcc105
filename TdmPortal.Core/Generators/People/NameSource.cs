using System.Runtime.CompilerServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.People;

/// <summary>One of the parts of the row's person's name that come from a list by gender.</summary>
internal sealed class NameSource : TextSource
{
    private readonly ulong key;
    private readonly Part part;
    private readonly WordList[] all;
    private readonly WordList[] fitting;
    private readonly int? gender;
    private readonly WordList? distinct;
    private readonly int? maxLength;

    private NameSource(SourceContext context, Part part, WordList[] all)
        : base(all.Max(list => list.MaxBytes))
    {
        (key, this.part, this.all, maxLength) = (Person.Key(context), part, all, context.MaxLength);
        gender = GenderOf(context);
        fitting = [.. all.Select(list => maxLength is { } length ? list.Within(length) as WordList ?? list : list)];
        var candidates = gender is { } only ? [all[only]] : all;
        distinct = new WordList(candidates.SelectMany(list => list.Texts()));
        if (maxLength is { } limit)
            distinct = distinct.Within(limit) as WordList;
    }

    internal enum Part
    {
        First,
        Last,
        Middle,
        Prefix,
    }

    public override UInt128? Capacity => distinct?.Count ?? 0;

    public override int? LongestText => fitting.Max(list => list.MaxLength);

    public static ValueSource? Create(SourceContext context, Part part)
    {
        var names = PersonNames.Of(context.Locale);
        var lists = part switch { Part.First => names.First, Part.Last => names.Last, Part.Middle => names.Middle, _ => names.Prefix };
        var source = new NameSource(context, part, lists);
        return context.Failed() ? null : source;
    }

    /// <summary>The gender that the argument asks for, null for any.</summary>
    public static int? GenderOf(SourceContext context) => context.Option("gender") switch { "female" => 1, "male" => 0, _ => null };

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        foreach (var rank in ranks)
            ((TextColumn)target).Add(distinct![(int)rank]);
    }

    protected override void FillTexts(TextColumn target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (maxLength is not null || part is not (Part.First or Part.Last))
        {
            base.FillTexts(target, rows, fill);
            return;
        }

        var (male, female) = (all[gender ?? 0].Table, all[gender ?? 1].Table);
        ref var start = ref target.Room(rows.Length * Math.Max(male.MaxBytes, female.MaxBytes));
        var ends = target.Offsets.AsSpan(1, rows.Length);
        var (at, isFirst) = (0, part == Part.First);
        for (var i = 0; i < rows.Length; i++)
        {
            var person = Person.Of(key, rows[i]);
            var table = person.Gender == 0 ? male : female;
            at += table.Copy(isFirst ? person.First(table.Count) : person.Last(table.Count), ref Unsafe.Add(ref start, at));
            ends[i] = at;
        }

        target.Fill(at);
    }

    protected override int Write(long row, ulong cell, Span<byte> target)
    {
        var person = Person.Of(key, row);
        var sex = gender ?? person.Gender;
        var list = all[sex];
        var index = part switch
        {
            Part.First => person.First(list.Words),
            Part.Last => person.Last(list.Words),
            Part.Middle => (int)Randomness.Bounded(person.Bits(1), (ulong)list.Words),
            _ => (int)Randomness.Bounded(person.Bits(2), (ulong)list.Words),
        };
        if (maxLength is { } length && list[index].Length > length && Utf8.Length(list[index]) > length)
            (list, index) = (fitting[sex], (int)Randomness.Bounded(person.Bits(3), (ulong)fitting[sex].Words));
        return list.Copy(index, target);
    }
}
