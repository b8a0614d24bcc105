using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Web.Schemas;

/// <summary>Puts the schema files that come with the program into the portal, where every team can open and copy them.</summary>
public sealed class SamplePublisher(SchemaStore schemas, ILogger<SamplePublisher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        if (!Directory.Exists(folder))
            return;
        try
        {
            var documents = new List<SchemaDocument>();
            foreach (var file in Directory.GetFiles(folder, "*.schema.json").Order(StringComparer.Ordinal))
            {
                if (SchemaReader.Read(await File.ReadAllBytesAsync(file, stoppingToken)).Document is { } document)
                    documents.Add(document);
            }

            await schemas.PublishSamplesAsync(documents, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the next start goes on.
        }
        catch (Exception failure) when (failure is PortalException or IOException or System.Data.Common.DbException)
        {
            // The portal works without samples.
            logger.LogError(failure, "The samples in {Folder} could not be published", folder);
        }
    }
}
