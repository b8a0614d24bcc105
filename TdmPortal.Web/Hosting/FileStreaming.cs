using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace TdmPortal.Web.Hosting;

/// <summary>Files that are made while they are sent.</summary>
public static class FileStreaming
{
    /// <summary>Hands over what is written as it is written, as a file to keep.</summary>
    public static async Task StreamAsync(HttpContext context, string fileName, string mediaType, long? length, Func<Stream, Task> write)
    {
        var response = context.Response;
        response.ContentType = mediaType;
        response.ContentLength = length;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = fileName, FileName = fileName }.ToString();
        // What is in it differs by who asks, and can be deleted.
        response.Headers.CacheControl = "private, no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // The writers of formats and archives write batches synchronously; each is a large buffer, not a byte.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
            body.AllowSynchronousIO = true;
        try
        {
            await write(response.Body);
        }
        catch (Exception) when (response.HasStarted)
        {
            // Too late for an error page: a broken connection is the only sign left that the file is not whole.
            context.Abort();
            if (!context.RequestAborted.IsCancellationRequested)
                throw;
        }
    }
}
