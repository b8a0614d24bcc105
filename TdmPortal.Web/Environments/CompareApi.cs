using System.Globalization;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Environments;

/// <summary>What differs between two versions, as a file: <c>?before=1&amp;after=2&amp;entity=order</c>, a line of JSON for each row.</summary>
public static class CompareApi
{
    public static void MapCompareApi(this WebApplication app) => app.MapGet("/api/v1/datasets/{id:guid}/differences", ExportAsync).RequireAuthorization();

    private static async Task ExportAsync(HttpContext context, Guid id, int before, int after, string entity, ActorProvider actors, DatasetStore datasets, VersionComparisons comparisons)
    {
        var cancellation = context.RequestAborted;
        var actor = await actors.GetAsync(cancellation);
        var dataset = await datasets.GetAsync(actor, id, cancellation);
        var versions = await datasets.VersionsAsync(actor, id, cancellation);
        Guid Find(int number) => versions.FirstOrDefault(version => version.Number == number && version.State == "ready")?.VersionId
            ?? throw new NotFoundException(string.Create(CultureInfo.InvariantCulture, $"Version {number} of {dataset.Name}"));
        var (one, other) = (Find(before), Find(after));
        await FileStreaming.StreamAsync(context, string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}-{entity}-v{before}-v{after}.ndjson"), "application/x-ndjson", length: null,
            output => comparisons.ExportAsync(actor, one, other, entity, output, cancellation));
    }
}
