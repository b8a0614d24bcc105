using System.Diagnostics;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Server;

namespace TdmPortal.Web.Errors;

/// <summary>
/// What people and programs are told about a failure, everywhere the same: pages show it, the API sends it as problem
/// details. What is no <see cref="PortalException"/> is a fault of the program; its text stays in the log.
/// </summary>
public sealed record ProblemFields(
    int Status, string Title, string ErrorCode, string Message, IReadOnlyDictionary<string, object?> Details, DateTimeOffset Timestamp,
    string RequestId, IReadOnlyList<string> SuggestedActions, ErrorCategory Category, IReadOnlyList<SchemaProblem> Problems)
{
    public static ProblemFields From(Exception exception, string requestId, DateTimeOffset now)
    {
        return (DatabaseFailure.Translate(exception) ?? exception) switch
        {
            PortalException portal => new(StatusOf(portal), TitleOf(portal), portal.Code, portal.Message, portal.Details, now, requestId,
                portal.SuggestedActions, portal.Category, portal is SchemaInvalidException invalid ? invalid.Problems : []),
            BadHttpRequestException bad => Fixed(bad.StatusCode, "The request could not be read", "request.bad", "The request is not in the form that this address expects.",
                ["Check the address, the headers and the body against the documentation."]),
            _ => Fixed(StatusCodes.Status500InternalServerError, "Something went wrong in the portal", "platform.fault",
                "The portal met a fault that it did not expect. It has been written to the log under the request id below.",
                ["Try again.", "If it happens again, give the request id to an administrator."]),
        };

        ProblemFields Fixed(int status, string title, string code, string message, IReadOnlyList<string> actions) =>
            new(status, title, code, message, new Dictionary<string, object?>(StringComparer.Ordinal), now, requestId, actions, ErrorCategory.Platform, []);
    }

    /// <summary>The id that the log has as well.</summary>
    public static string RequestIdOf(HttpContext? context) => Activity.Current?.TraceId.ToHexString() ?? context?.TraceIdentifier ?? ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>Whether the failure is that the database cannot be reached.</summary>
    public static bool IsDatabaseGone(Exception exception) => DatabaseFailure.Translate(exception)?.Code == "platform.database_unavailable";

    private static int StatusOf(PortalException exception) => exception switch
    {
        NotFoundException => StatusCodes.Status404NotFound,
        ForbiddenException => StatusCodes.Status403Forbidden,
        ConflictException => StatusCodes.Status409Conflict,
        SchemaInvalidException => StatusCodes.Status422UnprocessableEntity,
        { Category: ErrorCategory.Platform } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string TitleOf(PortalException exception) => exception switch
    {
        NotFoundException => "Not found",
        ForbiddenException => "Not allowed",
        ConflictException => "Changed in the meantime",
        SchemaInvalidException => "The schema has problems",
        { Category: ErrorCategory.Schema } => "The schema cannot be used like this",
        { Category: ErrorCategory.Generation } => "That could not be generated",
        { Category: ErrorCategory.Quality } => "The quality check stopped",
        { Code: "source.host_not_allowed" } => "That host is not allowed",
        { Category: ErrorCategory.Source } => "The source cannot be used like this",
        { Category: ErrorCategory.Team } => "That is not possible",
        { Code: "platform.database_unavailable" } => "The database does not answer",
        { Code: "platform.disk_full" } => "The disk is full",
        _ => "The platform below has a problem",
    };
}
