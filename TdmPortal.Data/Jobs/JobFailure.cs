using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Server;

namespace TdmPortal.Data.Jobs;

/// <summary>What people are told about a job's failure.</summary>
internal static class JobFailure
{
    /// <summary>Whether the connection to the database broke, which says nothing about the work itself.</summary>
    public static bool IsInterruption(Exception failure) => DatabaseFailure.Translate(failure)?.Code == "platform.database_unavailable";

    public static JobError Describe(Exception failure)
    {
        var request = Guid.NewGuid().ToString("N")[..12];
        if (IsDiskFull(failure))
            return DiskFull(request);
        return failure switch
        {
            PortalException known => new(known.Code, known.Message, known.SuggestedActions, request),
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation } broken => new(
                "generation.key_violated",
                $"The rows made for {broken.TableName} do not satisfy {(broken.ConstraintName is null ? $"NOT NULL of {broken.ColumnName}" : $"the constraint {broken.ConstraintName}")}: {broken.MessageText}.",
                ["Report this with the schema: the engine promised that the rows satisfy it.", "As a work-around, remove the constraint from the schema or change the generators of its fields."], request),
            IOException { HResult: NoSpaceLeft } => new("dataset.disk_full", "The disk of the portal's data folder is full: the prepared files could not be written. Nothing was left behind.",
                ["Delete datasets that are not needed any more.", "Ask an administrator for more disk space, then retry the job."], request),
            _ => new("platform.unexpected", $"Something unexpected went wrong. The portal's log has the details under {request}.",
                ["Retry the job.", $"If it happens again, give the number {request} to an administrator."], request),
        };
    }

    private const int NoSpaceLeft = 28;

    /// <summary>The server's own state for it, or what it says when the file system refuses to let a file grow in another way (a quota, a limit on file sizes).</summary>
    private static bool IsDiskFull(Exception? failure) => failure is not null
        && (failure is PostgresException { SqlState: PostgresErrorCodes.DiskFull } || (failure is PostgresException { SqlState: PostgresErrorCodes.InternalError or PostgresErrorCodes.IoError } refused && refused.MessageText.StartsWith("could not extend file", StringComparison.Ordinal))
            || IsDiskFull(failure.InnerException));

    private static JobError DiskFull(string request) => new("dataset.disk_full",
        "The disk of the database server is full: the rows could not be stored. What was loaded so far was removed, other datasets are untouched.",
        ["Delete datasets that are not needed any more.", "Generate fewer rows.", "Ask an administrator for more disk space, then retry the job."], request);
}
