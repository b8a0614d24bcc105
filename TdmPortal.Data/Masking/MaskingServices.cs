using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Masking;

/// <summary>What masking needs, for the container.</summary>
public static class MaskingServices
{
    public static IServiceCollection AddMasking(this IServiceCollection services) => services
        .AddSingleton<MaskingKeys>()
        .AddSingleton<MaskingPolicyStore>()
        .AddSingleton<MaskingRuns>()
        .AddSingleton<SourceFindings>()
        .AddSingleton<MaskingBench>()
        .AddSingleton<MaskingDesk>()
        .AddSingleton<MaskedVersions>()
        .AddSingleton<RunForecast>()
        .AddSingleton<TokenReveal>()
        .AddSingleton<IJobWork, MaskWork>()
        .AddSingleton<IJobWork, TrialWork>();
}
