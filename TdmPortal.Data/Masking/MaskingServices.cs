using Microsoft.Extensions.DependencyInjection;

namespace TdmPortal.Data.Masking;

/// <summary>What masking needs, for the container.</summary>
public static class MaskingServices
{
    public static IServiceCollection AddMasking(this IServiceCollection services) => services
        .AddSingleton<MaskingKeys>()
        .AddSingleton<MaskingPolicyStore>()
        .AddSingleton<MaskingRuns>();
}
