using System.CommandLine;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Cli;

/// <summary>tdm validate: every problem on a line of its own, standard output.</summary>
internal static class ValidateCommand
{
    public static Command Create(TextWriter output)
    {
        var schema = new Argument<string>("schema") { Description = "The schema document (.schema.json)." };
        var command = new Command("validate", "Checks a schema document, capacity included; one line per problem.") { schema };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(schema), output));
        return command;
    }

    private static int Run(string path, TextWriter output)
    {
        var read = SchemaFile.Load(path);
        var problems = read.Problems;
        if (read.Document is { } document && problems.All(problem => problem.Severity == ProblemSeverity.Warning))
            problems = [.. problems, .. GenerationPlan.Compile(document, new()).Problems];
        else if (read.Document is not null)
            problems = [.. problems, .. SchemaValidator.Validate(read.Document).Where(problem => problems.All(other => other.Path != problem.Path))];
        foreach (var problem in problems)
            output.WriteLine(problem.Severity == ProblemSeverity.Warning ? $"warning: {problem}" : problem.ToString());
        return problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? ExitCode.Mistake : ExitCode.Done;
    }
}
