using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>Plans of samples and of small documents, and their rows as text.</summary>
internal static class Plans
{
    public static SchemaDocument Sample(string name) => Read(File.ReadAllBytes(Repository.PathOf("samples", $"{name}.schema.json")));

    public static SchemaDocument Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static GenerationPlan Compile(SchemaDocument document, GenerationOptions? options = null)
    {
        var (plan, problems) = GenerationPlan.Compile(document, options ?? new());
        Assert.True(plan is not null, string.Join("\n", problems));
        return plan;
    }

    public static string Text(GenerationPlan plan, string entity, RowFormat format = RowFormat.Csv, long first = 0, long? count = null, int threads = 1) =>
        Encoding.UTF8.GetString(Bytes(plan, entity, format, first, count, threads));

    public static byte[] Bytes(GenerationPlan plan, string entity, RowFormat format = RowFormat.Csv, long first = 0, long? count = null, int threads = 1)
    {
        using var stream = new MemoryStream();
        var found = plan.Entity(entity);
        plan.Write(found, first, count ?? found.Rows - first, format, stream, threads);
        return stream.ToArray();
    }

    /// <summary>One column's values, formatted as in CSV without quotes.</summary>
    public static List<string?> Column(GenerationPlan plan, string entity, string field, int? count = null)
    {
        var found = plan.Entity(entity);
        var at = found.Columns.ToList().FindIndex(column => column.Name == field);
        return [.. plan.Preview(found, 0, count ?? (int)found.Rows).Cells.Select(row => row[at])];
    }

    private static SchemaDocument Read(byte[] json)
    {
        var (document, problems) = SchemaReader.Read(json);
        Assert.True(document is not null && problems.Count == 0, string.Join("\n", problems));
        return document;
    }
}
