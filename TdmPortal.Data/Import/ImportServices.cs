using Microsoft.Extensions.DependencyInjection;

namespace TdmPortal.Data.Import;

/// <summary>What sources, uploads and imports need, for the container.</summary>
public static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services, UploadOptions? options = null) => services
        .AddSingleton(options ?? new UploadOptions())
        .AddSingleton<SourceHosts>()
        .AddSingleton<SourceConnector>()
        .AddSingleton<SourceStore>()
        .AddSingleton<UploadVault>();
}
