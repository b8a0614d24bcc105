using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>The documents under samples/ at the repository's root.</summary>
public static class SampleFiles
{
    /// <summary>File names of all samples, for theories.</summary>
    public static TheoryData<string> All =>
        [.. Directory.GetFiles(Repository.PathOf("samples"), "*.schema.json").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Repository.PathOf("samples", name));
}
