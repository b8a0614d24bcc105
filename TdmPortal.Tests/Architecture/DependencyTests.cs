using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TdmPortal.Core.Schemas;
using TdmPortal.Data;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Architecture;

/// <summary>Who may use whom. Read from the compiled assemblies, so that no using directive can slip by.</summary>
public class DependencyTests
{
    private static readonly string Core = typeof(SchemaDocument).Assembly.Location;
    private static readonly string Data = typeof(PortalDatabase).Assembly.Location;

    [Fact]
    public void Core_References_OnlyTheFrameworkBogusAndNodaTime() =>
        Assert.Empty(AssembliesOf(Core).Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("netstandard" or "Bogus" or "NodaTime")));

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.IO.FileStream")]
    [InlineData("System.IO.Directory")]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Console")]
    [InlineData("System.Data.Common.DbConnection")]
    public void Core_DoesNoInputOrOutputOfItsOwn(string type) => Assert.DoesNotContain(type, TypesOf(Core));

    /// <summary>Compiled ahead of time, tdm has no code for types that are only met while it runs.</summary>
    [Fact]
    public void Core_WritesJsonWithoutReflection() =>
        Assert.Empty(MembersOf(Core).Where(member => member.Type == "System.Text.Json.JsonSerializer" && member.Name.StartsWith("Serialize", StringComparison.Ordinal)));

    [Fact]
    public void Core_DoesNotLookAtTheMachine() =>
        // The compiler's own enumerators ask for the thread they run on; nothing else may be asked.
        Assert.Empty(MembersOf(Core).Where(member => member.Type == "System.Environment" && member.Name != "get_CurrentManagedThreadId"));

    [Theory]
    [InlineData("Radzen.Blazor")]
    [InlineData("Quartz")]
    [InlineData("Serilog")]
    [InlineData("TdmPortal.Web")]
    [InlineData("Microsoft.AspNetCore.Components")]
    public void Data_DoesNotKnowTheWeb(string assembly) => Assert.DoesNotContain(assembly, AssembliesOf(Data));

    [Theory]
    [InlineData("TdmPortal.Web")]
    [InlineData("Microsoft.AspNetCore.Http.Abstractions")]
    public void Cli_NeedsNoWebServer(string assembly) =>
        Assert.DoesNotContain(assembly, AssembliesOf(Repository.PathOf("TdmPortal.Cli", "bin", Repository.Configuration, "net10.0", "tdm.dll")));

    [Fact]
    public void Core_ComputesWithoutThePlatformsTranscendentals()
    {
        // log, exp, pow and the like differ in the last bit between platforms, and with them the bytes of a dataset.
        string[] banned = ["Log", "Log2", "Log10", "Exp", "Pow", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Atan2", "Sinh", "Cosh", "Tanh", "Cbrt"];
        Assert.Empty(MembersOf(Core).Where(member => member.Type is "System.Math" or "System.Double" or "System.MathF" && banned.Contains(member.Name)));
    }

    private static HashSet<string> AssembliesOf(string path) =>
        Read(path, reader => reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).ToHashSet(StringComparer.Ordinal));

    private static HashSet<string> TypesOf(string path) =>
        Read(path, reader => reader.TypeReferences.Select(handle => NameOf(reader, handle)).ToHashSet(StringComparer.Ordinal));

    private static List<(string Type, string Name)> MembersOf(string path) => Read(path, reader => reader.MemberReferences
        .Select(reader.GetMemberReference)
        .Where(member => member.Parent.Kind == HandleKind.TypeReference)
        .Select(member => (NameOf(reader, (TypeReferenceHandle)member.Parent), reader.GetString(member.Name)))
        .ToList());

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return reader.GetString(type.Namespace) + "." + reader.GetString(type.Name);
    }

    private static T Read<T>(string path, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(path));
        return read(file.GetMetadataReader());
    }
}
