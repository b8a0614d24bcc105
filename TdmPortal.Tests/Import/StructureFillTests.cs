using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Structures after the habits of well-known systems: imported, generated and loaded with all constraints on, without a human touching it.</summary>
public sealed class StructureFillTests(DatabaseServer server)
{
    /// <summary>Tables that stay empty yet, those that point to them included; docs/import.md says why.</summary>
    private static readonly Dictionary<string, string[]> Empty = new(StringComparer.Ordinal)
    {
        ["tenants"] = ["comment", "task", "task_label", "task_link", "time_entry"],
    };

    public static TheoryData<string> Structures() => [.. Directory.EnumerateFiles(Repository.PathOf("TdmPortal.Tests", "Import", "Structures"), "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Structures))]
    public async Task Fill_Structure_TablesGetRows(string structure)
    {
        var filling = await StructureFilling.OfAsync(server, structure);

        TestContext.Current.TestOutputHelper?.WriteLine($"{structure}: {filling.Tables - filling.Failed.Count} of {filling.Tables} tables, {filling.Rows} rows");
        Assert.True(filling.Failed.Keys.All(Empty.GetValueOrDefault(structure, []).Contains), $"{filling.Tables - filling.Failed.Count} of {filling.Tables} tables of {structure} fill:\n" + string.Join('\n', filling.Failed.Select(table => $"{table.Key}: {table.Value}")));
    }
}
