using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>One value in place of all: given, or the type's own emptiness.</summary>
internal sealed class ConstantMasker(Column value) : Masker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("constant", "The same value", MaskerForm.Remove, "Every value becomes the one that is given.", Kinds.Any,
        MaskerTraits.Consistent | MaskerTraits.Forgets | MaskerTraits.MayKeepValue, "Anna", static context => Create(context, context.Argument("value") is { } value ? Literals.Text(value) : null),
        [new("value", ArgumentKind.Value, "The value, of the column's type.") { Required = true }], """{"value":"unknown"}""", "fixed, replace, default, literal");

    /// <param name="text">As in a document; null where the argument is missing.</param>
    public static Masker? Create(MaskerContext context, string? text)
    {
        if (text is null)
        {
            context.Refuse("value", "is missing");
            return null;
        }

        if (Read(context, text) is { } column && (context.Column.MaxLength is not { } length || text.EnumerateRunes().Count() <= length))
            return new ConstantMasker(column);
        context.Refuse("value", $"must be a value of {context.Column.Name} ({context.Column.SqlType}), not \"{text}\"");
        return null;
    }

    /// <summary>A text as a value of the column, alone in a column.</summary>
    public static Column? Read(MaskerContext context, string text) =>
        Literals.ToColumn([text], context.Column.Type, context.Column.Precision, context.Column.Scale, context.AsOf, out _);

    public override void Mask(MaskBatch batch, Column source, Column target)
    {
        target.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            var kept = source.IsNull(row) || batch.Keeps(row);
            target.Take(row, kept ? source : value, kept ? row : 0);
        }
    }
}
