using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Masks pieces of texts and members of JSON, one at a time, as their kind is masked in columns of its own. May be used by several threads.</summary>
internal sealed class PieceMasker
{
    private readonly Masker? masker;

    private PieceMasker(Masker? masker) => this.masker = masker;

    [ThreadStatic]
    private static Room? room;

    /// <summary>What the policy does with a kind of personal data; where that needs a whole column or other columns, what pseudonymising does.</summary>
    public static PieceMasker OfKind(MaskerContext context, string kind)
    {
        if (context.OfKind(kind) is { } rule)
        {
            if (rule.Masker == "keep")
                return new(null);
            if (Make(context, rule.Masker, rule.Args, kind) is { } asRuled)
                return asRuled;
        }

        var usual = MaskingStrategies.Rule(MaskingStrategy.Pseudonymise, kind, Column(kind), []);
        return Make(context, usual.Masker, usual.Args, kind) ?? Make(context, ScrambleMasker.Definition.Name, ArgumentValues.Empty, kind)!;
    }

    /// <summary>One for each kind but free text.</summary>
    public static Dictionary<PersonalKind, PieceMasker> OfAllKinds(MaskerContext context) =>
        PersonalKinds.All.Where(kind => kind.Name != "free_text").ToDictionary(kind => kind, kind => OfKind(context, kind.Name), ReferenceEqualityComparer.Instance as IEqualityComparer<PersonalKind>);

    /// <summary>A masker by name; null where it is not there, needs other columns or all rows, or refuses its arguments.</summary>
    public static PieceMasker? Make(MaskerContext context, string name, ArgumentValues args, string kind)
    {
        // A text inside a text would have no end.
        if (MaskerCatalogue.Find(name) is not { } definition || !definition.Types.Contains(FieldType.String) || definition.Traits.HasFlag(MaskerTraits.LooksAtAllRows) || definition == JsonMasker.Definition || definition == FreeTextMasker.Definition)
            return null;

        // What a text holds is no column's value: it is not refused, and where it is no copy of one, nothing hangs on how it is permuted.
        if (definition == FpeMasker.Definition)
            args = args.With("small", JsonValue.Of("permute"));
        var values = context.ValuesOf(kind);
        var inner = new MaskerContext(definition, Column(kind) with { MaxLength = context.LengthOf(kind) }, args, values.Key)
        {
            Form = values.Form,
            CallingCode = context.CallingCode,
            ValuesOf = context.ValuesOf,
            OfKind = context.OfKind,
            LengthOf = context.LengthOf,
            CaseMatters = context.CaseMattersOf(kind),
            CaseMattersOf = context.CaseMattersOf,
            Locale = context.Locale,
            AsOf = context.AsOf,
        };
        return definition.Create(inner) is { } made && inner.Companions.Count == 0 && !inner.Failed() ? new(made) : null;
    }

    /// <summary>Appends the masked piece to the row under way.</summary>
    public void Write(ReadOnlySpan<byte> piece, TextColumn to) => to.Append(Mask(piece));

    /// <summary>The masked piece; valid until the next one of this thread.</summary>
    public ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> piece)
    {
        if (masker is null || piece.IsEmpty)
            return piece;
        var here = room ??= new();
        here.Source.Reset(1);
        here.Source.Add(piece);
        masker.Mask(here.Batch, here.Source, here.Target);
        return here.Target.IsNull(0) ? default : here.Target[0];
    }

    private static ColumnDescription Column(string kind) => new(kind, FieldType.String, Nullable: true) { SqlType = "text" };

    private sealed class Room
    {
        public TextColumn Source { get; } = new();

        public TextColumn Target { get; } = new();

        public ValueBatch Batch { get; } = new(1);
    }
}
