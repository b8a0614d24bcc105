using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Texts of a space in which some characters are then worked out from the others: numbers with check digits.</summary>
/// <param name="space">The text with any character where the check goes; all of the same size.</param>
/// <param name="distinct">A part of the space whose members still differ after the check has been written over them; null when that is not known.</param>
internal sealed class CheckedSource(TextSpace space, TextSpace? distinct, CheckedSource.Complete complete) : ValueSource
{
    /// <summary>Writes what follows from the other characters.</summary>
    internal delegate void Complete(Span<byte> text);

    public override UInt128? Capacity => distinct?.Count;

    public override int? LongestText => space.MaxLength;

    /// <param name="exact">Whether the check changes no character but those that are <c>0</c> in the form.</param>
    /// <param name="phrases">The forms, parted by " || "; <c>0</c> where the check goes.</param>
    public static ValueSource? Create(SourceContext context, string phrases, Complete complete, Func<string, TextSpace>? list = null, bool exact = true)
    {
        var space = Phrase.Parse(phrases.Split(" || "), list ?? (_ => throw new InvalidOperationException("no lists here")));
        if (context.MaxLength is { } length && space.MaxLength > length)
            context.Report("schema.invalid_argument", $"{context.Field.Generator} gives {space.MaxLength} characters, more than maxLength {length}", $"Raise maxLength to {space.MaxLength}");
        return context.Failed() ? null : new CheckedSource(space, exact ? space.Distinct() : null, complete);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        Span<byte> text = stackalloc byte[space.MaxBytes];
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            Set(target, i, text[..space.Write(ref draw, text)]);
        }
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        Span<byte> text = stackalloc byte[distinct!.MaxBytes];
        for (var i = 0; i < ranks.Length; i++)
            Set(target, i, text[..distinct.WriteRanked(ranks[i], text)]);
    }

    private void Set(Column target, int row, Span<byte> text)
    {
        complete(text);
        if (target is TextColumn column)
            column.Add(text);
        else
            ((LongColumn)target).Values[row] = Utf8.Digits(text);
    }
}
