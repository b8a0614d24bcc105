using System.Globalization;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Datasets;

/// <summary>
/// Files of a dataset. Rows go from the database to the client as they are read: nothing is held, and who goes away stops
/// the reading. Whose dataset it is not gets 404, as if there were none.
/// </summary>
public static class DatasetApi
{
    public static void MapDatasetApi(this WebApplication app)
    {
        var datasets = app.MapGroup("/api/v1/datasets").RequireAuthorization();
        datasets.MapGet("/{id:guid}/export", ExportAsync);
        datasets.MapGet("/{id:guid}/files/{name}", FileAsync);
    }

    /// <summary>
    /// <c>?format=csv|csv-spreadsheet|json|ndjson|xml|sql</c> with what the dataset page has in its address: <c>v</c>, <c>entity</c>, <c>cols</c>,
    /// <c>f</c>, <c>where</c>, <c>sort</c>. Without an entity all of them come as one .zip.
    /// </summary>
    private static async Task ExportAsync(HttpContext context, Guid id, string? format, ActorProvider actors, DatasetStore datasets)
    {
        var cancellation = context.RequestAborted;
        if (DatasetDownload.Parse(format ?? "csv") is not { } asked)
        {
            throw new PortalException("dataset.unknown_format", $"There is no format “{format}”.")
            {
                SuggestedActions = [$"Ask for one of {string.Join(", ", DatasetDownload.Formats.Select(pair => DatasetDownload.Name(pair.Format)))}."],
            };
        }

        var actor = await actors.GetAsync(cancellation);
        var view = DatasetView.Parse(context.Request.QueryString.Value);
        var dataset = await datasets.GetAsync(actor, id, cancellation);
        var version = await VersionAsync(datasets, actor, dataset, view.Version, cancellation);
        if (view.Entity is { } entity && version.Entities.All(known => known.Name != entity))
            throw new NotFoundException($"Entity {entity}");

        var query = view.Entity is null ? null : (view with { From = 0, Cursor = null }).ToRowQuery();
        await FileStreaming.StreamAsync(context, DatasetDownload.FileName(dataset.Name, version.Number, view.Entity, view.IsFiltered, asked), view.Entity is null ? "application/zip" : DatasetDownload.MediaType(asked), length: null,
            output => datasets.ExportAsync(actor, version.VersionId, view.Entity, query, asked, output, cancellation));
    }

    /// <summary>A file that was prepared with the version.</summary>
    private static async Task FileAsync(HttpContext context, Guid id, string name, int? v, ActorProvider actors, DatasetStore datasets)
    {
        var cancellation = context.RequestAborted;
        var actor = await actors.GetAsync(cancellation);
        var dataset = await datasets.GetAsync(actor, id, cancellation);
        var version = await VersionAsync(datasets, actor, dataset, v, cancellation);
        var file = (await datasets.PreparedFilesAsync(actor, version.VersionId, cancellation)).FirstOrDefault(prepared => prepared.Name == name) ?? throw new NotFoundException("File");
        await using var content = await datasets.OpenPreparedAsync(actor, version.VersionId, file.Name, cancellation);
        await FileStreaming.StreamAsync(context, file.Name, name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : DatasetDownload.MediaType(file.Format), file.Bytes, output => content.CopyToAsync(output, cancellation));
    }

    private static async Task<DatasetVersionDetail> VersionAsync(DatasetStore datasets, Actor actor, DatasetDetail dataset, int? number, CancellationToken cancellation)
    {
        if (number is null || number == dataset.Current?.Number)
            return dataset.Current ?? throw new NotFoundException("A finished version of this dataset");
        var version = (await datasets.VersionsAsync(actor, dataset.Id, cancellation)).FirstOrDefault(kept => kept.Number == number && kept.State == "ready")
            ?? throw new NotFoundException(string.Create(CultureInfo.InvariantCulture, $"Version {number} of {dataset.Name}"));
        return await datasets.GetVersionAsync(actor, version.VersionId, cancellation);
    }
}
