using Microsoft.AspNetCore.Diagnostics;

namespace TdmPortal.Web.Errors;

/// <summary>Answers a failed API request with problem details; a failed page goes on to the error page.</summary>
public sealed class ProblemDetailsWriter(TimeProvider clock, ILogger<ProblemDetailsWriter> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var problem = ProblemFields.From(exception, ProblemFields.RequestIdOf(httpContext), clock.GetUtcNow());
        if (problem.Status >= 500)
            logger.LogError(exception, "{Code} in request {RequestId} {Method} {Path}", problem.ErrorCode, problem.RequestId, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
        httpContext.Response.StatusCode = problem.Status;
        if (!WantsProblem(httpContext))
            return false;
        await WriteAsync(httpContext, problem);
        return true;
    }

    public static Task WriteAsync(HttpContext context, ProblemFields problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(new
        {
            type = "about:blank",
            title = problem.Title,
            status = problem.Status,
            detail = problem.Message,
            errorCode = problem.ErrorCode,
            message = problem.Message,
            details = problem.Problems.Count == 0 ? (object)problem.Details : new { problems = problem.Problems },
            timestamp = problem.Timestamp,
            requestId = problem.RequestId,
            suggestedActions = problem.SuggestedActions,
            category = problem.Category.ToString().ToLowerInvariant(),
        }, options: null, contentType: "application/problem+json");
    }

    // A link that is followed in the browser says that it takes HTML; a program does not.
    private static bool WantsProblem(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>()?.Path.StartsWith("/api/", StringComparison.Ordinal) == true || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
