using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Format-preserving encryption of texts and whole numbers.</summary>
internal static class FpeMasker
{
    /// <summary>Texts this short have fewer than a million values of one form.</summary>
    private const int TooShort = 4;

    /// <summary>What to do where FF1 is not allowed.</summary>
    public const string Fallback = "Set small to permute: a keyed permutation, which keeps keys unique but has no standard's standing";

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("fpe", "Format-preserving encryption", MaskerForm.KeepForm,
        "Each form of letters and digits of which there are a million or more is permuted by FF1 (NIST SP 800-38G): digits become digits, letters letters, all else stays, keys stay unique. Whole numbers below a billion become such, larger ones keep their count of digits.",
        [FieldType.String, FieldType.Integer], MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm | MaskerTraits.Reversible, "AB-104711", Create,
        [Option("small", "What becomes of values of which there are fewer than a million, for which the standard allows no FF1 (smallint, texts of up to five digits or four letters): the column or the first such value is refused, or they are permuted by a Feistel network without its standing.", "refuse", "refuse", "permute")],
        """{"small":"permute"}""",
        synonyms: "FF1, encryption, key, surrogate, account number, customer number");

    private static Masker? Create(MaskerContext context)
    {
        var refuse = context.Option("small") == "refuse";
        var type = context.Column.SqlType;
        var small = context.Column.Type == FieldType.Integer ? type.Contains("smallint", StringComparison.OrdinalIgnoreCase) || type.Contains("int2", StringComparison.OrdinalIgnoreCase) : context.Column.MaxLength <= TooShort;
        if (small && refuse && !context.Failed())
            context.Report("masking.domain_too_small", $"{context.Column.Name} ({type}) has fewer than a million values, too few for FF1.", Fallback, "Choose shuffle");
        if (context.Failed())
            return null;
        return context.Column.Type == FieldType.Integer ? new FpeNumberMasker(context, small) : new FpeTextMasker(context, !refuse);
    }
}
