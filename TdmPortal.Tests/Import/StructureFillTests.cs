using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Structures after the habits of well-known systems: imported, generated and loaded with all constraints on, without a human touching it.</summary>
public sealed class StructureFillTests(DatabaseServer server)
{
    public static TheoryData<string> Structures() => [.. Directory.EnumerateFiles(Repository.PathOf("TdmPortal.Tests", "Import", "Structures"), "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Structures))]
    public async Task Fill_Structure_EveryTableGetsRows(string structure)
    {
        var filling = await StructureFilling.OfAsync(server, structure);

        TestContext.Current.TestOutputHelper?.WriteLine($"{structure}: {filling.Tables - filling.Failed.Count} of {filling.Tables} tables, {filling.Rows} rows");
        Assert.True(filling.Failed.Count == 0, $"{filling.Tables - filling.Failed.Count} of {filling.Tables} tables of {structure} fill:\n" + string.Join('\n', filling.Failed.Select(table => $"{table.Key}: {table.Value}")));
    }
}
