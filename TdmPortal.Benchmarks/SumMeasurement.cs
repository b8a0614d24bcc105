using System.Diagnostics;
using System.Globalization;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>What a sum over each parent's children costs, against making those children; and a preview at the end of a billion rows with all that is costly in it.</summary>
internal static class SumMeasurement
{
    private const int Rounds = 5;
    private const long Parents = 100_000;
    private const long Billion = 1_000_000_000;

    public static async Task<int> RunAsync()
    {
        foreach (var distribution in new[] { """{ "kind": "uniform" }""", """{ "kind": "zipf", "exponent": 1 }""", """{ "kind": "perParent", "min": 5, "max": 15 }""" })
        {
            var (with, without) = (Plan(distribution, sums: true, Parents), Plan(distribution, sums: false, Parents));
            var (sums, parents, children) = (new Measured("orders with sums"), new Measured("orders"), new Measured("lines"));
            await Measured.RoundsAsync(Rounds, (sums, () => WriteAsync(with, "purchase")), (parents, () => WriteAsync(without, "purchase")), (children, () => WriteAsync(without, "line")));
            var cost = sums.ProcessorSeconds - parents.ProcessorSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{distribution}: sum over the {without.Entity("line").Rows:N0} lines of {Parents:N0} orders {cost:0.000} processor s, making those lines {children.ProcessorSeconds:0.000}: {cost / children.ProcessorSeconds:0.00} times"));
        }

        var started = Stopwatch.GetTimestamp();
        var billion = Plan("""{ "kind": "uniform" }""", sums: true, Billion);
        var compiled = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        foreach (var name in new[] { "purchase", "line" })
        {
            started = Stopwatch.GetTimestamp();
            var entity = billion.Entity(name);
            billion.Preview(entity, entity.Rows - 10, 10);
            var first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var taken = Enumerable.Range(0, 200).Select(_ =>
            {
                var begun = Stopwatch.GetTimestamp();
                billion.Preview(entity, entity.Rows - 10, 10);
                return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }).Order().ElementAt(100);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: the last 10 of {entity.Rows:N0} rows: the first time {first:0.0} ms, then {taken:0.00} ms (compiling {compiled:0} ms)"));
        }

        return 0;
    }

    private static Task WriteAsync(GenerationPlan plan, string entity)
    {
        using var output = new CountingStream();
        plan.Write(plan.Entity(entity), 0, plan.Entity(entity).Rows, RowFormat.Csv, output);
        return Task.CompletedTask;
    }

    /// <summary>Orders with a unique e-mail, and their lines, ten each, with a foreign key; the order's total is the sum of its lines if asked for.</summary>
    private static GenerationPlan Plan(string distribution, bool sums, long parents)
    {
        var lineRows = distribution.Contains("perParent", StringComparison.Ordinal) ? "" : string.Create(CultureInfo.InvariantCulture, $"\"rows\": {parents * 10},");
        var total = sums ? """, { "name": "total", "type": "decimal", "scale": 2, "generator": "expression", "args": { "value": "sum(line_purchase, amount)" } }""" : "";
        var document = $$"""
            { "name": "sums", "locale": "en", "entities": [
              { "name": "purchase", "rows": {{parents}}, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "email", "type": "string", "generator": "internet.email", "unique": true }{{total}} ] },
              { "name": "line", {{lineRows}} "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "purchase_id", "type": "integer" },
                { "name": "product", "type": "string", "generator": "commerce.product" },
                { "name": "quantity", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 } },
                { "name": "amount", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 1, "max": 500 } } ] } ],
              "relationships": [ { "name": "line_purchase", "from": { "entity": "line", "fields": ["purchase_id"] }, "to": { "entity": "purchase", "fields": ["id"] }, "distribution": {{distribution}} } ],
              "constraints": [] }
            """;
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(document));
        var (plan, problems) = GenerationPlan.Compile(read.Document ?? throw new InvalidOperationException(string.Join('\n', read.Problems)), new());
        return plan ?? throw new InvalidOperationException(string.Join('\n', problems));
    }
}
