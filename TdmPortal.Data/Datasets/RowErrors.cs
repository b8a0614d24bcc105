using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Datasets;

/// <summary>What the server says about a read that a user can do something about.</summary>
internal static class RowErrors
{
    public static bool Explains(PostgresException error) => Find(error) is not null;

    public static PortalException Explain(PostgresException error) => Find(error) ?? throw new ArgumentException($"{error.SqlState} is not a user's concern.", nameof(error));

    private static PortalException? Find(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled when error.MessageText.Contains("timeout", StringComparison.OrdinalIgnoreCase) => new PortalException("dataset.query_timeout", "Reading these rows took more than 10 seconds and was stopped.", error)
        {
            SuggestedActions = ["Filter by a column with \"equals\" or a range, which an index can serve.", "Choose fewer columns or download the file instead."],
        },
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => new NotFoundException("The dataset's version"),
        PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.InvalidDatetimeFormat or PostgresErrorCodes.DatetimeFieldOverflow or PostgresErrorCodes.NumericValueOutOfRange => new PortalException("dataset.bad_filter",
            $"A filter's value does not fit its column: {error.MessageText}.", error) { SuggestedActions = ["Correct the value, or remove the filter."] },
        PostgresErrorCodes.DivisionByZero => new PortalException("dataset.bad_filter", "The expression divides by zero for some row.", error) { SuggestedActions = ["Guard the division, as in: case when quantity = 0 then null else total / quantity end."] },
        _ => null,
    };
}
