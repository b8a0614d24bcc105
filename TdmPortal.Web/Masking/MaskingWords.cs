using System.Globalization;
using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Data.Masking;

namespace TdmPortal.Web.Masking;

/// <summary>What the pages of masking say to people.</summary>
public static class MaskingWords
{
    public static string Name(MaskingStrategy strategy) => strategy switch
    {
        MaskingStrategy.Anonymise => "Anonymise",
        MaskingStrategy.Pseudonymise => "Pseudonymise",
        _ => "Generalise",
    };

    /// <summary>After "by".</summary>
    public static string Doing(MaskingStrategy strategy) => Name(strategy)[..^1].ToLowerInvariant() + "ing";

    public static string Meaning(MaskingStrategy strategy) => strategy switch
    {
        MaskingStrategy.Anonymise => "Nothing leads back to a person, not even with the team's key. For data that leaves the team.",
        MaskingStrategy.Pseudonymise => "Each person stays one person under another name, in every table and every dataset of the team. Joins and tests work as before.",
        _ => "Values become coarser: months instead of days, regions instead of towns. For figures and reports.",
    };

    /// <summary>A few values before and after, for the cards from which a policy is begun.</summary>
    public static IReadOnlyList<(string What, string Before, string After)> Example(MaskingStrategy strategy) => strategy switch
    {
        MaskingStrategy.Anonymise => [("Name", "Ingrid Larsen", "Karin Holm"), ("E-mail", "ingrid@larsen.no", "[removed]"), ("Born", "1984-03-17", "1984-01-01")],
        MaskingStrategy.Pseudonymise => [("Name", "Ingrid Larsen", "Karin Holm"), ("E-mail", "ingrid@larsen.no", "karin.holm@example.com"), ("Born", "1984-03-17", "1984-02-09")],
        _ => [("Name", "Ingrid Larsen", "I."), ("Postcode", "0251", "02"), ("Born", "1984-03-17", "1984-03-01")],
    };

    public static string Why(DecidedBy by) => by switch
    {
        DecidedBy.Undecided => "not decided",
        DecidedBy.Column => "rule of the column",
        DecidedBy.Kind => "rule of its kind",
        DecidedBy.Strategy => "strategy",
        DecidedBy.Identity => "same values elsewhere",
        DecidedBy.Dependent => "follows other columns",
        _ => "nothing personal found",
    };

    public static string Kind(string? kind) => kind is null ? "" : PersonalKinds.Find(kind)?.Title ?? (kind == PersonalKinds.None ? "Not personal" : kind);

    public static string Category(PersonalCategory category) => category switch
    {
        PersonalCategory.GovernmentId => "Government id",
        PersonalCategory.OnlineId => "Online id",
        PersonalCategory.Special => "Special categories",
        PersonalCategory.FreeText => "Free text",
        _ => category.ToString(),
    };

    public static string Form(CanonicalForm form) => form switch
    {
        CanonicalForm.Exact => "Exactly the same text",
        CanonicalForm.Text => "Without regard to case and blanks around it",
        CanonicalForm.Email => "As addresses: case does not matter",
        CanonicalForm.Phone => "As phone numbers: digits with the country",
        CanonicalForm.Code => "As codes: letters and digits only",
        CanonicalForm.Number => "As numbers: 007 is 7",
        _ => "By type and kind of the columns",
    };

    /// <summary>What a masker promises, in the order in which it matters to a tester.</summary>
    public static IEnumerable<(string Icon, string Words)> Promises(MaskerTraits traits)
    {
        if (traits.HasFlag(MaskerTraits.Consistent))
            yield return ("link", "The same value becomes the same value everywhere");
        if (traits.HasFlag(MaskerTraits.OneToOne))
            yield return ("key", "Different values stay different: keys stay unique");
        if (traits.HasFlag(MaskerTraits.KeepsForm))
            yield return ("straighten", "Length and form stay");
        if (traits.HasFlag(MaskerTraits.Forgets))
            yield return ("delete_forever", "Nothing of the original is left, not even for who has the key");
        if (traits.HasFlag(MaskerTraits.Reversible))
            yield return ("undo", "An administrator can find the original, with a reason");
        if (traits.HasFlag(MaskerTraits.MayKeepValue))
            yield return ("info", "A value may by chance become itself");
        if (traits.HasFlag(MaskerTraits.LooksAtAllRows))
            yield return ("visibility", "Reads the whole column first");
    }

    /// <summary>A run's state as a badge.</summary>
    public static (string Look, string Words) State(MaskingRunSummary run) => run.State switch
    {
        "waiting" => ("accent", "Waiting"),
        "running" => ("info live", "Running"),
        "stopped" => ("warn", "Stopped: needs a look"),
        "failed" => ("bad", "Failed"),
        "proved" => ("good", run.Kind == "trial" ? "Sample proved" : "Proved"),
        "unproved" => ("bad", "Not proved"),
        var other => ("", other),
    };

    /// <summary>What came of a run, or what is going on, in a sentence.</summary>
    public static string Sentence(MaskingRunSummary run) => run.Verdict ?? run.State switch
    {
        "waiting" or "running" => run.Kind == "trial" ? "A sample is being masked and proved" : "Rows are being masked",
        "stopped" => "The run was stopped: the source is not what the policy knows",
        "failed" => "The run failed",
        _ => "Masking run",
    };

    /// <summary>Which version of its policy a run used.</summary>
    public static string Version(MaskingRunSummary run) => run.PolicyVersion == 0 ? "a draft" : $"version {run.PolicyVersion.ToString(CultureInfo.InvariantCulture)}";

    public static string Percent(double share) => (share * 100).ToString(share is > 0 and < 0.01 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>"18 columns masked, 3 kept on purpose, 2 not decided".</summary>
    public static string Summary(ColumnLines lines)
    {
        var undecided = lines.Undecided;
        return $"{Count(lines.Masked, "column")} masked, {lines.Kept.ToString(CultureInfo.InvariantCulture)} kept on purpose, {undecided.ToString(CultureInfo.InvariantCulture)} not decided";
    }

    public static string Count(long count, string unit) => $"{Controls.Figures.Number(count)} {unit}{(count == 1 ? "" : "s")}";
}
