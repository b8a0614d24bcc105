using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Web.Errors;
using Xunit;

namespace TdmPortal.Tests.Web.Errors;

/// <summary>Each failure becomes the same fields everywhere, and a fault of the program gives nothing away.</summary>
[Trait("Requirement", "D8")]
public class ProblemFieldsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void From_PortalException_KeepsCodeMessageDetailsAndActions()
    {
        var fields = From(new PortalException("generation.unique_exhausted", "email can give 12,400 distinct values, 50,000 were asked.")
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["capacity"] = 12_400 },
            SuggestedActions = ["Ask for fewer rows."],
        });
        Assert.Equal((400, "generation.unique_exhausted", ErrorCategory.Generation), (fields.Status, fields.ErrorCode, fields.Category));
        Assert.Equal(12_400, fields.Details["capacity"]);
        Assert.Equal(["Ask for fewer rows."], fields.SuggestedActions);
        Assert.Equal(("r1", Now), (fields.RequestId, fields.Timestamp));
    }

    [Fact]
    public void From_NotFound_Is404() => Assert.Equal(404, From(new NotFoundException("Dataset")).Status);

    [Fact]
    public void From_Forbidden_Is403() => Assert.Equal(403, From(new ForbiddenException("Only leads delete others' datasets.")).Status);

    [Fact]
    public void From_Conflict_Is409() => Assert.Equal(409, From(new ConflictException("schema.stale", "Saved by another.")).Status);

    [Fact]
    public void From_InvalidSchema_ListsEveryProblem()
    {
        var fields = From(new SchemaInvalidException([new("entities[0].name", "schema.bad_name", "A"), new("entities[1].name", "schema.bad_name", "B")]));
        Assert.Equal(422, fields.Status);
        Assert.Equal(["entities[0].name", "entities[1].name"], fields.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void From_DatabaseGone_SaysSoAndNotHow()
    {
        var fields = From(new InvalidOperationException("outer", new NpgsqlException("Failed to connect to 10.0.0.1:5432 as secret_user", new System.Net.Sockets.SocketException(111))));
        Assert.Equal((503, "platform.database_unavailable"), (fields.Status, fields.ErrorCode));
        Assert.DoesNotContain("secret_user", fields.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_FaultOfTheProgram_GivesNothingAway()
    {
        var fields = From(new InvalidOperationException("Password=hunter2"));
        Assert.Equal((500, "platform.fault"), (fields.Status, fields.ErrorCode));
        Assert.DoesNotContain("hunter2", fields.ToString() + string.Join(' ', fields.SuggestedActions), StringComparison.Ordinal);
    }

    private static ProblemFields From(Exception exception) => ProblemFields.From(exception, "r1", Now);
}
