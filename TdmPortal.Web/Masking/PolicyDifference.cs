using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;

namespace TdmPortal.Web.Masking;

/// <summary>What one version of a policy says that another does not, in sentences.</summary>
public static class PolicyDifference
{
    /// <summary>In the order of the document; empty when both say the same.</summary>
    public static IReadOnlyList<PolicyChange> Between(MaskingPolicy before, MaskingPolicy after)
    {
        var changes = new List<PolicyChange>();
        Value("Title", before.Title, after.Title);
        Value("Description", before.Description, after.Description);
        Value("Strategy", before.Strategy?.ToString(), after.Strategy?.ToString());
        Each(before.Rules, after.Rules, PlaceOf, Describe);
        Each(before.Identities, after.Identities, group => $"Group {group.Name}", group => $"{string.Join(", ", group.Columns)}{(group.Form == CanonicalForm.Auto ? "" : $" ({MaskingWords.Form(group.Form)})")}");
        Value("Values that stay", Join(before.Sentinels), Join(after.Sentinels));
        Each(before.QuasiIdentifiers, after.QuasiIdentifiers, one => $"Re-identification in {one.Entity}", one => $"{string.Join(", ", one.Fields)}; k {one.K}{(one.Sensitive is null ? "" : $", l {one.L} of {one.Sensitive}")}");
        Value("Subset", Subset(before), Subset(after));
        return changes;

        void Value(string what, string? was, string? now)
        {
            if ((was ?? "") != (now ?? ""))
                changes.Add(new(what, was, now));
        }

        void Each<T>(IReadOnlyList<T> were, IReadOnlyList<T> are, Func<T, string> name, Func<T, string> words)
        {
            // The same place may stand twice: the second one counts as another.
            var former = Named(were, name);
            var present = Named(are, name);
            foreach (var (key, was) in former)
                Value(key, words(was), present.TryGetValue(key, out var now) ? words(now) : null);
            foreach (var (key, now) in present.Where(one => !former.ContainsKey(one.Key)))
                changes.Add(new(key, null, words(now)));
        }
    }

    private static Dictionary<string, T> Named<T>(IReadOnlyList<T> things, Func<T, string> name)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var thing in things)
        {
            var key = name(thing);
            for (var copy = 2; !named.TryAdd(key, thing); copy++)
                key = $"{name(thing)} ({copy})";
        }

        return named;
    }

    private static string PlaceOf(MaskingRule rule) => rule.Columns.Count > 0 ? string.Join(", ", rule.Columns) : $"Every {MaskingWords.Kind(rule.Personal)}";

    /// <summary>A rule in one line: masker, arguments, condition, reason.</summary>
    public static string Describe(MaskingRule rule) =>
        (MaskerCatalogue.Find(rule.Masker)?.Title ?? (rule.Masker == PolicyEdits.Keep ? "Keep as it is" : rule.Masker))
        + (rule.Args.Count == 0 ? "" : $" ({string.Join(", ", rule.Args.Select(one => $"{one.Key}: {one.Value.GetRawText()}"))})")
        + (rule.When is null ? "" : $", where {rule.When}")
        + (rule.Reason is null ? "" : $" — {rule.Reason}");

    private static string? Join(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join(", ", texts);

    private static string? Subset(MaskingPolicy policy) => policy.Subset is not { } subset ? null
        : string.Join(", ", subset.Chosen.Select(one => $"{one.Entity}{(one.Percent < 100 ? $" {one.Percent.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} %" : "")}{(one.Where is null ? "" : $" where {one.Where}")}"))
            + (subset.Whole.Count == 0 ? "" : $"; whole: {string.Join(", ", subset.Whole)}") + (subset.Children ? "" : "; without children");
}
