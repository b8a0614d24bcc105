using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Import;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Import;

/// <summary>Takes in files, straight from the request into their sealed form: nothing is buffered, and who goes away leaves nothing behind.</summary>
public static class ImportApi
{
    public static void MapImportApi(this WebApplication app) => app.MapPost(PortalUrls.ImportUpload, UploadAsync).RequireAuthorization();

    private static async Task<IResult> UploadAsync(HttpContext http, string? name, IAntiforgery antiforgery, ActorProvider actors, UploadVault vault, UploadOptions options)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            throw new PortalException("upload.not_from_portal", "This upload does not come from a page of the portal that is still signed in.") { SuggestedActions = ["Reload the page and choose the file again"] };
        // The vault says in words what is too large; the server would only cut the line.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MostBytes + 1;
        var actor = await actors.GetAsync(http.RequestAborted);
        var upload = await vault.AddAsync(actor, name ?? "file", http.Request.Body, http.Request.ContentLength, null, http.RequestAborted);
        return Results.Json(new { upload.Id, upload.Name, upload.Bytes });
    }
}
