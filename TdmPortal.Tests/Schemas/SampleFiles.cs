using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>The documents under samples/ at the repository's root.</summary>
public static class SampleFiles
{
    private static readonly string Folder = FindFolder();

    /// <summary>File names of all samples, for theories.</summary>
    public static TheoryData<string> All => [.. Directory.GetFiles(Folder, "*.schema.json").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TdmPortal.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return Path.Combine(folder.FullName, "samples");
    }
}
