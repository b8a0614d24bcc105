using System.Text.RegularExpressions;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Errors;

/// <summary>
/// Every error that a schema or its generation can meet is provoked once, and says what is wrong, where, why and what to do.
/// The codes are read from the source of Core, so that a new one without a case fails here.
/// </summary>
[Trait("Requirement", "D8")]
public sealed partial class ErrorCodeTests
{
    public static TheoryData<string> Codes() => [.. ErrorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Error_Provoked_SaysWhatWhereWhyAndWhatToDo(string code)
    {
        var (provoke, path, message, action) = ErrorCases.All[code];

        var problems = provoke().ToList();
        var problem = problems.Find(one => one.Code == code);

        Assert.True(problem is not null, $"no {code}, but: {string.Join('\n', problems.Select(one => $"{one.Code}: {one}"))}");
        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(problem.SuggestedActions, one => one.Contains(action, StringComparison.Ordinal));
        Assert.All(problem.SuggestedActions, one => Assert.Matches("^[A-Z].*[^.]$", one));
    }

    [Fact]
    public void Codes_InTheSourceOfCore_HaveACaseEach()
    {
        var written = Directory.EnumerateFiles(Repository.PathOf("TdmPortal.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(written, ErrorCases.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SchemaInvalid_SeveralProblems_NamesTheFirstAndTheirNumber()
    {
        var problems = new[] { new SchemaProblem("name", "schema.name", "It is wrong."), new SchemaProblem("entities", "schema.no_entities", "None.") };

        Assert.Equal("The schema has 2 problems, the first: name: It is wrong.", new SchemaInvalidException(problems).Message);
        Assert.Equal("The schema has a problem: name: It is wrong.", new SchemaInvalidException(problems[..1]).Message);
        Assert.Equal(ErrorCategory.Schema, new SchemaInvalidException(problems).Category);
    }

    [GeneratedRegex("\"(?<code>(schema|generation|expression|import)\\.[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
