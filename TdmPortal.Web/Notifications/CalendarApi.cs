using System.Text;
using TdmPortal.Core.Notifications;
using TdmPortal.Data.Notifications;
using TdmPortal.Web.Identity;

namespace TdmPortal.Web.Notifications;

/// <summary>Calendars at their secret addresses: the one thing of a team that is read without signing in.</summary>
public static class CalendarApi
{
    public static void MapCalendar(this IEndpointRouteBuilder routes) => routes.MapGet("/calendar/{address}.ics", ReadAsync).AllowAnonymous();

    private static async Task ReadAsync(HttpContext context, string address, CalendarFeeds feeds, SignInLimiter limiter)
    {
        // Whoever guesses is slowed down like one who guesses passwords.
        if (!limiter.Allows(context))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (await feeds.ReadAsync(address, $"{context.Request.Scheme}://{context.Request.Host}", context.RequestAborted) is not var (name, events))
        {
            limiter.Failed(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = CalendarFile.MediaType;
        context.Response.Headers.CacheControl = "private, max-age=300";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var text = new StringWriter();
        CalendarFile.Write(text, name, events);
        await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
    }
}
