using System.Text.RegularExpressions;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Architecture;

/// <summary>How the source is laid out: what CONTRIBUTING.md promises to a newcomer.</summary>
public partial class LayoutTests
{
    private static readonly string[] Projects = ["TdmPortal.Core", "TdmPortal.Postgres", "TdmPortal.Data", "TdmPortal.Web", "TdmPortal.Cli", "TdmPortal.Tests", "TdmPortal.Benchmarks"];
    private static readonly string[] Drawers = ["Services", "Helpers", "Utils", "Utilities", "Models", "Common", "Misc", "Managers"];

    [Fact]
    public void Folders_AreNamedForWhatUsersDo() =>
        Assert.Empty(Projects.SelectMany(Folders).Where(folder => Drawers.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void Files_HaveOnePublicTypeEach() =>
        Assert.Empty(Sources("TdmPortal.Core", "TdmPortal.Postgres", "TdmPortal.Data", "TdmPortal.Web", "TdmPortal.Cli")
            .Select(file => (file, count: PublicType().Count(File.ReadAllText(file))))
            .Where(found => found.count > 1)
            .Select(found => $"{Path.GetRelativePath(Repository.Root, found.file)}: {found.count} public types"));

    [Fact]
    public void Files_StayReadable() =>
        Assert.Empty(Sources("TdmPortal.Core", "TdmPortal.Postgres", "TdmPortal.Data", "TdmPortal.Web", "TdmPortal.Cli")
            .Select(file => (file, lines: File.ReadLines(file).Count()))
            .Where(found => found.lines > 450)
            .Select(found => $"{Path.GetRelativePath(Repository.Root, found.file)}: {found.lines} lines: is it two things?"));

    [Fact]
    public void Folders_AreNeverNamedLikeATypeInside() =>
        Assert.Empty(Sources("TdmPortal.Core", "TdmPortal.Postgres", "TdmPortal.Data", "TdmPortal.Web")
            .Where(file => Path.GetFileNameWithoutExtension(file) == Path.GetFileName(Path.GetDirectoryName(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file)));

    [Fact]
    public void Files_NameNoMachineAndNoPackageRegistry() =>
        Assert.Empty(TextFiles().Where(file => MachineBound().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file)));

    private static IEnumerable<string> Folders(string project) => Directory.EnumerateDirectories(Repository.PathOf(project), "*", SearchOption.AllDirectories).Where(IsOurs);

    private static IEnumerable<string> Sources(params string[] projects) =>
        projects.SelectMany(project => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)).Where(IsOurs);

    private static IEnumerable<string> TextFiles()
    {
        string[] endings = [".cs", ".razor", ".md", ".json", ".yml", ".csproj", ".props", ".sh", ".sql", ".css", ".js", ".txt", ""];
        return Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(file => IsOurs(file) && endings.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != nameof(LayoutTests) + ".cs");
    }

    private static bool IsOurs(string path) =>
        !Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or ".data" or ".tools" or "node_modules" or "TestResults" or "artifacts" or "BenchmarkDotNet.Artifacts");

    [GeneratedRegex(@"^public\s+(?:(?:abstract|sealed|static|partial|readonly|ref|unsafe)\s+)*(?:class|record(?:\s+(?:class|struct))?|struct|interface|enum|delegate)\s+\w+", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"/work/(main|wt|shared)|/root/|\.\./shared|api\.nuget\.org|registry\.npmjs\.org|deb\.debian\.org|helper-\d")]
    private static partial Regex MachineBound();
}
