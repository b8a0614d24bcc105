using BenchmarkDotNet.Attributes;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>Orders made and written in a format. What ten times as many rows allocate is the same: the buffers.</summary>
[MemoryDiagnoser]
public class WriterBenchmark
{
    private GenerationPlan plan = null!;

    [Params("csv", "ndjson", "json", "xml", "sql insert", "sql copy", "binary copy")]
    public string Format { get; set; } = "";

    [Params(20_000, 200_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        var file = Path.Combine(Checkout.Root(), "samples", "customers-orders.schema.json");
        plan = GenerationPlan.Compile(SchemaReader.Read(File.ReadAllBytes(file)).Document!, new()).Plan!;
    }

    [Benchmark]
    public long Write()
    {
        using var output = new CountingStream();
        var format = Format switch
        {
            "csv" => RowFormat.Csv,
            "ndjson" => RowFormat.Ndjson,
            "json" => RowFormat.Json,
            "xml" => RowFormat.Xml,
            "sql insert" => RowFormat.SqlInsert,
            "sql copy" => RowFormat.SqlCopy,
            _ => RowFormat.PostgresBinary,
        };
        plan.Write(plan.Entity("order"), 0, Rows, format, output);
        return output.Length;
    }
}
