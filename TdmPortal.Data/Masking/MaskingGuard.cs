using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.PersonalData;

namespace TdmPortal.Data.Masking;

/// <summary>What must not go live: a masked version in which personal columns are open and no lead signed them off.</summary>
internal static class MaskingGuard
{
    /// <summary>Whether leads signed off all of these columns.</summary>
    public static async Task<bool> LetsPassAsync(PortalContext context, Guid datasetId, IReadOnlyList<string> found, CancellationToken cancellation) => (await OpenAsync(context, datasetId, found, cancellation)).Count == 0;

    /// <exception cref="PortalException">masking.open_columns</exception>
    public static async Task DemandAsync(PortalContext context, Dataset dataset, DatasetVersion version, CancellationToken cancellation)
    {
        if (version.Origin != DatasetVersion.Masked)
            return;
        var found = await context.Set<StoredMaskingRun>().Where(run => run.VersionId == version.Id).Select(run => run.OpenColumns).SingleOrDefaultAsync(cancellation) ?? [];
        var open = await OpenAsync(context, dataset.Id, found, cancellation);
        if (open.Count == 0)
            return;
        throw new PortalException("masking.open_columns", $"Version {version.Number} of {dataset.Name} cannot go live: {(open.Count == 1 ? "a column holds" : $"{open.Count} columns hold")} personal data that was not masked ({string.Join(", ", open.Take(5))}{(open.Count > 5 ? ", …" : "")}).")
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["columns"] = open },
            SuggestedActions = ["Give these columns a masker in the policy and run it again", "Or let a lead sign them off on the page of personal data, with a reason"],
        };
    }

    /// <summary>Those of them that no lead signed off.</summary>
    public static async Task<List<string>> OpenAsync(PortalContext context, Guid datasetId, IReadOnlyList<string> found, CancellationToken cancellation)
    {
        var signedOff = found.Count == 0 ? null : await PersonalDataStore.SignedOffAsync(context, datasetId, cancellation);
        return [.. found.Where(column => !signedOff!.Contains(column))];
    }
}
