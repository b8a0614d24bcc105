using TdmPortal.Core.Masking;
using TdmPortal.Data.Masking;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Masking;

/// <summary>Policies as files, as the policy editor and <c>tdm mask</c> read them.</summary>
public static class MaskingApi
{
    public static void MapMaskingApi(this WebApplication app) => app.MapGet("/api/v1/masking/{id:guid}", PolicyAsync).RequireAuthorization();

    private static async Task PolicyAsync(HttpContext context, Guid id, int? version, ActorProvider actors, MaskingPolicyStore store)
    {
        var policy = await store.GetAsync(await actors.GetAsync(context.RequestAborted), id, version, context.RequestAborted);
        await FileStreaming.StreamAsync(context, $"{policy.Policy.Name}.policy.json", "application/json; charset=utf-8", length: null, output => output.WriteAsync(MaskingPolicyFile.Write(policy.Policy), context.RequestAborted).AsTask());
    }
}
