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
        app.UseStatusCodePages(async status =>
        {
            var context = status.HttpContext;
            if (context.Response.StatusCode == StatusCodes.Status404NotFound && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method)
                && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                var path = context.Request.Path;
                context.Request.Path = PortalUrls.NotFound;
                context.SetEndpoint(null);
                context.Request.RouteValues.Clear();
                try
                {
                    await status.Next(context);
                }
                finally
                {
                    context.Request.Path = path;
                }
            }
        });
    }
}
