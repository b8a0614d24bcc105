using BenchmarkDotNet.Attributes;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>One batch of values by one generator under the arguments of its example, and whatever fields it reads.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private const int Values = 1024;
    private readonly long[] rows = [.. Enumerable.Range(0, Values).Select(row => (long)row)];
    private GenerationPlan plan = null!;

    public static IEnumerable<string> Names => GeneratorCatalogue.All.Select(generator => generator.Name);

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        var definition = GeneratorCatalogue.Find(Name)!;
        var document = new SchemaDocument
        {
            Name = "cost",
            Entities =
            [
                new()
                {
                    Name = "cost",
                    Rows = Values,
                    Fields =
                    [
                        new() { Name = "value", Type = definition.Types[0], Generator = Name, Args = definition.ExampleArguments },
                        new() { Name = "created_at", Type = FieldType.Timestamp, Generator = "date.past" },
                    ],
                },
            ],
        };
        var (compiled, problems) = GenerationPlan.Compile(document, new());
        plan = compiled ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public int Fill() => plan.Read(plan.Entities[0], rows, static frame => frame.Get(0).Count);
}
