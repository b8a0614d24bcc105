using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TdmPortal.Data.Migrations;

/// <summary>One numbered SQL file of this folder; it runs once, in a transaction of its own.</summary>
internal sealed record MigrationScript(string Name, string Sql)
{
    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<MigrationScript> All { get; } = Load();

    /// <summary>Tells whether a script was edited after it ran somewhere.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    private static List<MigrationScript> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string folder = "TdmPortal.Data.Migrations.";
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder, StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return new MigrationScript(n[folder.Length..^".sql".Length], reader.ReadToEnd().ReplaceLineEndings("\n"));
            })
            .ToList();
    }
}
