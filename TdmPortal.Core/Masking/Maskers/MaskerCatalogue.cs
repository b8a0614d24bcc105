using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>All maskers by name.</summary>
public static class MaskerCatalogue
{
    private static readonly string[] Categories = [MaskerForm.Remove, MaskerForm.Hide, MaskerForm.Replace, MaskerForm.KeepForm, MaskerForm.Generalise, MaskerForm.Numbers, MaskerForm.Rearrange, MaskerForm.Texts];

    // ToDictionary refuses a name that occurs twice.
    private static readonly Dictionary<string, MaskerDefinition> ByName = new MaskerDefinition[]
    {
        RedactMasker.Definition, NullifyMasker.Definition, ConstantMasker.Definition, PasswordMasker.Definition,
        PartialMasker.Definition,
        HashMasker.Definition, TokenMasker.Definition, NameMasker.First, NameMasker.Last, FullNameMasker.Definition, InitialsMasker.Definition, UserNameMasker.Definition, EmailMasker.Definition,
        GenerateMasker.Company, GenerateMasker.Definition, DictionaryMasker.Definition,
        FpeMasker.Definition, PhoneMasker.Definition, CardMasker.Definition, IbanMasker.Definition, NationalIdMasker.Definition, IpMasker.Definition, MacMasker.Definition, UuidMasker.Definition, UrlMasker.Definition,
        VinMasker.Definition, ScrambleMasker.Plate, ScrambleMasker.Definition,
        GeneraliseDateMasker.Definition, RangeMasker.Definition, BucketMasker.Definition, ClampMasker.Definition, AgeBandMasker.Definition, PrefixMasker.Definition, GeoMasker.Definition,
        DateShiftMasker.Definition, TimeJitterMasker.Definition, NoiseMasker.Definition, BooleanMasker.Definition, AgeMasker.Definition,
        ShuffleMasker.Definition, RankMasker.Definition,
        RegexMasker.Definition, TemplateMasker.Definition, JsonMasker.Definition, FreeTextMasker.Definition,
    }.Concat(GenerateMasker.Addresses).ToDictionary(masker => masker.Name, StringComparer.Ordinal);

    /// <summary>By category in the editor's order, then by title.</summary>
    public static IReadOnlyList<MaskerDefinition> All { get; } =
        [.. ByName.Values.OrderBy(masker => Array.IndexOf(Categories, masker.Category)).ThenBy(masker => masker.Title, StringComparer.Ordinal)];

    /// <summary>The masker of that name, or null.</summary>
    public static MaskerDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name of the masker that was probably meant by one that is not there; null where none is near.</summary>
    public static string? Nearest(string name) => NearestName.Find(name, ByName.Keys);
}
