using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Changes;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Identity;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data;

/// <summary>Puts the opened database and the stores over it into a host's services.</summary>
public static class PortalDataRegistration
{
    public static IServiceCollection AddPortalData(this IServiceCollection services, PortalDatabase database)
    {
        // An instance: whoever opened it closes it, after the host and with it Quartz have stopped.
        services.AddSingleton(database);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SchemaStore>();
        services.AddSingleton<OverrideStore>();
        services.AddSingleton<SchemaUses>();
        services.AddSingleton<TeamStore>();
        services.AddSingleton<TeamQuotas>();
        services.AddSingleton<TeamLogins>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditAnchors>();
        services.AddSingleton<AuditCheck>();
        // For ASP.NET Core Identity's stores, which know no actor.
        services.AddScoped(_ => database.CreateSystemContext());

        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyWrapper>();
        services.AddDataProtection().SetApplicationName("TdmPortal");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing, KeyWrapper>((options, ring, wrapper) =>
        {
            options.XmlRepository = ring;
            options.XmlEncryptor = wrapper;
        });
        return services;
    }
}
