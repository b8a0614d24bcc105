using Microsoft.AspNetCore.Diagnostics;

namespace TdmPortal.Web.Errors;

/// <summary>The one place where failures of requests become answers; those of open pages are shown by PageBoundary.</summary>
public static class ErrorHandling
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemDetailsWriter>();
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = PortalUrls.Error, CreateScopeForErrors = true, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePagesWithReExecute(PortalUrls.NotFound, createScopeForStatusCodePages: true);
        // A person gets a page for an address where nothing is; a program gets the bare status.
        app.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages && !IsPage(context.Request))
                pages.Enabled = false;
            return next(context);
        });
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
