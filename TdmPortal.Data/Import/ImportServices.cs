using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Import;

/// <summary>What sources, uploads and imports need, for the container.</summary>
public static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services, UploadOptions? options = null) => services
        .AddSingleton(options ?? new UploadOptions())
        .AddSingleton<SourceHosts>()
        .AddSingleton<SourceConnector>()
        .AddSingleton<SourceStore>()
        .AddSingleton<UploadVault>()
        .AddSingleton<UploadPlaces>()
        .AddSingleton<FileDesk>()
        .AddSingleton<ImportMaker>()
        .AddSingleton<ImportStore>()
        .AddSingleton<IJobWork, ImportWork>();
}
