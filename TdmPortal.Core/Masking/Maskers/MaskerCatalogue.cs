using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>All maskers by name.</summary>
public static class MaskerCatalogue
{
    private static readonly string[] Categories = [MaskerForm.Remove, MaskerForm.Hide, MaskerForm.Replace, MaskerForm.KeepForm, MaskerForm.Generalise, MaskerForm.Numbers, MaskerForm.Rearrange, MaskerForm.Texts];

    // ToDictionary refuses a name that occurs twice.
    private static readonly Dictionary<string, MaskerDefinition> ByName = new[]
    {
        RedactMasker.Definition, NullifyMasker.Definition, ConstantMasker.Definition,
        PartialMasker.Definition,
        HashMasker.Definition, TokenMasker.Definition, NameMasker.First, NameMasker.Last, FullNameMasker.Definition, UserNameMasker.Definition, EmailMasker.Definition,
        FpeMasker.Definition, ScrambleMasker.Definition, ScrambleMasker.Plate,
    }.ToDictionary(masker => masker.Name, StringComparer.Ordinal);

    /// <summary>By category in the editor's order, then by title.</summary>
    public static IReadOnlyList<MaskerDefinition> All { get; } =
        [.. ByName.Values.OrderBy(masker => Array.IndexOf(Categories, masker.Category)).ThenBy(masker => masker.Title, StringComparer.Ordinal)];

    /// <summary>The masker of that name, or null.</summary>
    public static MaskerDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name of the masker that was probably meant by one that is not there; null where none is near.</summary>
    public static string? Nearest(string name) => NearestName.Find(name, ByName.Keys);
}
