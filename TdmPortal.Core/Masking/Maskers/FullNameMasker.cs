using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Names in one column. Each part becomes what it becomes in a column of its own; or the masked first and last names of the same row are
/// put in their place. Titles, commas and the order stay.
/// </summary>
internal sealed class FullNameMasker : TextMasker
{
    private readonly NameChoice first;
    private readonly NameChoice last;
    private readonly int? firstColumn;
    private readonly int? lastColumn;
    private readonly bool familyFirst;

    private FullNameMasker(MaskerContext context)
        : base(context.Column.MaxLength)
    {
        var locale = context.OptionalText("locale") ?? context.Locale;
        first = new(context.ValuesOf("first_name"), locale, context.LengthOf("first_name"), first: true);
        last = new(context.ValuesOf("last_name"), locale, context.LengthOf("last_name"), first: false);
        firstColumn = context.Field("first", masked: true);
        lastColumn = context.Field("last", masked: true);
        familyFirst = NameParts.IsFamilyFirst(locale);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("full_name", "Fake full name", MaskerForm.Replace, "Other names part by part, as first and last name become in their own columns; or the masked names of the same row.", Kinds.Text,
        MaskerTraits.Consistent, "Dr. Anna Miller", Create,
        [new("first", ArgumentKind.Field, "The column of first names whose masked value it follows."), new("last", ArgumentKind.Field, "The column of last names whose masked value it follows."), NameMasker.Locale],
        synonyms: "name, customer name, contact, substitute");

    private static FullNameMasker? Create(MaskerContext context)
    {
        if (!NameMasker.CheckLocale(context))
            return null;
        var masker = new FullNameMasker(context);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var parts = NameParts.Of(value, familyFirst);
        to.Append(parts.Titles);
        if (parts.FamilyFirst)
        {
            Family(batch, row, parts.Family, to);
            to.Append(parts.Between);
            Given(batch, row, parts.Given, to);
        }
        else
        {
            Given(batch, row, parts.Given, to);
            to.Append(parts.Between);
            Family(batch, row, parts.Family, to);
        }
    }

    private void Given(MaskBatch batch, int row, ReadOnlySpan<byte> names, TextColumn to)
    {
        if (!Follow(batch, row, firstColumn, names, to))
            GivenNames.Write(first, names, to);
    }

    private void Family(MaskBatch batch, int row, ReadOnlySpan<byte> name, TextColumn to)
    {
        if (name.IsEmpty || Follow(batch, row, lastColumn, name, to))
            return;

        // A single word may be a first name.
        if (to.Current.IsEmpty && name.IndexOf((byte)' ') < 0 && NameIndex.Last.Find(name).Locales == 0 && NameIndex.First.Find(name).Locales != 0)
            first.Write(name, to);
        else
            last.Write(name, to);
    }

    private static bool Follow(MaskBatch batch, int row, int? column, ReadOnlySpan<byte> original, TextColumn to)
    {
        if (column is not { } place || original.IsEmpty || batch.Companion(place) is not TextColumn names || names.IsNull(row))
            return false;
        var name = names[row];
        var room = to.Reserve(name.Length)[..name.Length];
        name.CopyTo(room);
        LetterCase.Like(original, room);
        to.Advance(name.Length);
        return true;
    }
}
