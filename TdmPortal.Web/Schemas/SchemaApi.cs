using TdmPortal.Core.Schemas;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Schemas;

/// <summary>What of schemas is fetched by address: the file of each.</summary>
public static class SchemaApi
{
    public static IServiceCollection AddSchemaPages(this IServiceCollection services) => services.AddScoped<NewSchemas>();

    public static void MapSchemaApi(this IEndpointRouteBuilder routes) => routes.MapGet("/schemas/{id:guid}/file", FileAsync).RequireAuthorization();

    private static async Task<IResult> FileAsync(Guid id, int? version, bool? overrides, OverrideStore schemas, ActorProvider actors, CancellationToken cancellation)
    {
        var record = await schemas.GetAsync(await actors.GetAsync(cancellation), id, version, cancellation);
        return Results.File(SchemaWriter.Write(overrides == true ? record.Document : record.Base.Document), "application/json", $"{record.Document.Name}.schema.json");
    }
}
