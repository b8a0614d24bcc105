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
        // A person gets a page for an address where nothing is; a program gets the bare status.
        app.UseWhen(context => HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
                && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
            pages => pages.UseStatusCodePagesWithReExecute(PortalUrls.NotFound, createScopeForStatusCodePages: true));
    }
}
