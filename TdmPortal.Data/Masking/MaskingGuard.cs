using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Masking;

/// <summary>What must not go live: a masked version in which personal columns are open and no lead signed them off.</summary>
internal static class MaskingGuard
{
    /// <summary>Columns (entity.field) that stand in the way.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(PortalContext context, DatasetVersion version, CancellationToken cancellation)
    {
        if (version.Origin != DatasetVersion.Masked)
            return [];
        var open = await context.Set<StoredMaskingRun>().Where(run => run.VersionId == version.Id).Select(run => run.OpenColumns).SingleOrDefaultAsync(cancellation) ?? [];
        return open.Length == 0 ? [] : [.. open];
    }

    /// <exception cref="PortalException">masking.open_columns</exception>
    public static async Task DemandAsync(PortalContext context, Dataset dataset, DatasetVersion version, CancellationToken cancellation)
    {
        var open = await OpenAsync(context, version, cancellation);
        if (open.Count == 0)
            return;
        throw new PortalException("masking.open_columns", $"Version {version.Number} of {dataset.Name} cannot go live: {(open.Count == 1 ? "a column holds" : $"{open.Count} columns hold")} personal data that was not masked ({string.Join(", ", open.Take(5))}{(open.Count > 5 ? ", …" : "")}).")
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["columns"] = open },
            SuggestedActions = ["Give these columns a masker in the policy and run it again", "Or let a lead sign them off on the page of personal data, with a reason"],
        };
    }
}
