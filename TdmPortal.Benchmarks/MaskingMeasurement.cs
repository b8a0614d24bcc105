using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;

namespace TdmPortal.Benchmarks;

/// <summary>
/// What masking costs: a million rows with eight masked columns from a file to PostgreSQL's binary form, against copying them as they
/// are; and each masker by itself.
/// </summary>
internal static class MaskingMeasurement
{
    private const int Rows = 1_000_000;
    private const int Rounds = 3;

    private const string Schema = """
        { "name": "people", "entities": [ { "name": "person", "rows": 1000000, "primaryKey": ["id"], "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "name", "type": "string", "generator": "person.fullName", "personal": "full_name" },
            { "name": "email", "type": "string", "generator": "internet.email", "personal": "email" },
            { "name": "phone", "type": "string", "generator": "phone.number", "personal": "phone" },
            { "name": "street", "type": "string", "generator": "address.street", "personal": "street" },
            { "name": "birth_date", "type": "date", "generator": "person.birthDate", "personal": "birth_date" },
            { "name": "iban", "type": "string", "generator": "finance.iban", "personal": "iban" },
            { "name": "card", "type": "string", "generator": "finance.cardNumber", "personal": "card" },
            { "name": "note", "type": "string", "generator": "template", "args": { "value": "Called {name} on {birth_date}, answer to {email} expected." }, "personal": "free_text" } ] } ] }
        """;

    private static readonly MaskingKey Key = MaskingKey.FromBytes("a measurement's key is no secret"u8);

    public static async Task<int> RunAsync()
    {
        var document = SchemaReader.Read(Encoding.UTF8.GetBytes(Schema)) is { Problems.Count: 0, Document: { } read } ? read : throw new InvalidOperationException("The measurement's schema is not right.");
        var made = GenerationPlan.Compile(document, new());
        var plan = made.Plan ?? throw new InvalidOperationException(string.Join('\n', made.Problems));
        using var folder = new MeasuredFolder();
        var file = Path.Combine(folder.Path, "person.csv");
        var rows = new PlanSource(plan);
        using (var csv = File.Create(file))
            SourceWriter.Write(rows, rows.Entities[0], rows.Entities[0].Columns, "person", RowFormat.Csv, csv);
        var source = new FileSource(document, [("person", file)], File.OpenRead);
        var threads = Environment.ProcessorCount;
        var (copied, one, all) = (new Measured("copied"), new Measured("masked by one thread"), new Measured(string.Create(CultureInfo.InvariantCulture, $"masked by {threads} threads beside a reading one")));
        await Measured.RoundsAsync(Rounds,
            (copied, () => Copy(source)),
            (one, () => Copy(Masked(document, source, document.Entities[0].Fields, 1))),
            (all, () => Copy(Masked(document, source, document.Entities[0].Fields, threads))));
        Console.WriteLine("From a file to memory:");
        Tell(copied, one, all);
        Console.WriteLine("From one database to another:");
        await AcrossAsync(document, plan, threads);
        foreach (var field in document.Entities[0].Fields.Where(field => field.Personal is not null))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {field.Name,-12} {Column(document, rows, field),6:0} ns a value"));
        Maskers();
        return 0;
    }

    private static void Tell(params Measured[] all)
    {
        foreach (var measured in all)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measured.Name,-44} {measured.Seconds,6:0.00} s ({measured.Spread}), {measured.ProcessorSeconds,6:0.00} processor seconds of its own, {measured.Seconds / all[0].Seconds:0.00} times copying"));
    }

    /// <summary>As a masking run does it: a snapshot's rows by COPY out of a table and into another one with its primary key.</summary>
    private static async Task AcrossAsync(SchemaDocument document, GenerationPlan plan, int threads)
    {
        await using var server = await MeasuredServer.StartAsync(durable: true);
        await using var origin = NpgsqlDataSource.Create(server.ConnectionString);
        var rows = new PlanSource(plan);
        await FillAsync(rows, "public");
        var (copied, masked) = (new Measured("copied"), new Measured(string.Create(CultureInfo.InvariantCulture, $"masked by {threads} threads beside a reading one")));
        await Measured.RoundsAsync(Rounds,
            (copied, () => RunAsync(source => source)),
            (masked, () => RunAsync(source => Masked(document, source, document.Entities[0].Fields, threads))));
        Tell(copied, masked);

        async Task RunAsync(Func<RowSource, RowSource> through)
        {
            await using var source = await SnapshotSource.OpenAsync(origin, document, CancellationToken.None);
            await FillAsync(through(source), "target");
        }

        async Task FillAsync(RowSource source, string schema)
        {
            await using var connection = await server.ConnectAsync();
            foreach (var statement in SqlSchema.CreateTables(plan, schema).Concat(SqlSchema.AddKeys(plan, schema)).Prepend($"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"))
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
            }

            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {SqlSchema.TableName(document.Entities[0], schema)} FROM STDIN (FORMAT binary)");
            var written = await Task.Run(() => SourceWriter.Write(source, source.Entities[0], plan.Entities[0].Columns, "person", RowFormat.PostgresBinary, stream));
            if (written != Rows)
                throw new InvalidOperationException("Rows are missing.");
        }
    }

    /// <summary>What the strategy pseudonymise does: everybody stays one person under another name.</summary>
    private static MaskedSource Masked(SchemaDocument document, RowSource source, IEnumerable<FieldDefinition> fields, int threads)
    {
        var masker = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["full_name"] = "full_name", ["email"] = "email", ["phone"] = "phone", ["street"] = "street", ["birth_date"] = "date_shift", ["iban"] = "iban", ["card"] = "card", ["free_text"] = MaskerCatalogue.Find("free_text") is null ? "scramble" : "free_text",
        };
        var policy = new MaskingPolicy { Name = "measured", Rules = [.. fields.Where(field => field.Personal is not null).Select(field => new MaskingRule { Columns = [$"person.{field.Name}"], Masker = masker[field.Personal!] })] };
        var left = document.Entities[0].Fields.Select(field => $"person.{field.Name}").ToHashSet(StringComparer.Ordinal);
        var result = MaskPlan.Compile(new(document, source.Entities, policy, Key) { SignedOff = left });
        var masked = new MaskedSource(source, result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Problems)), threads);
        masked.Prepare();
        return masked;
    }

    private static Task Copy(RowSource source)
    {
        Write(source);
        return Task.CompletedTask;
    }

    private static void Write(RowSource source)
    {
        using var output = new CountingStream();
        var written = SourceWriter.Write(source, source.Entities[0], source.Entities[0].Columns, "person", RowFormat.PostgresBinary, output);
        if (written != Rows)
            throw new InvalidOperationException("Rows are missing.");
    }

    /// <summary>Processor nanoseconds a value: read and masked less read only, by one thread, the best of three.</summary>
    private static double Column(SchemaDocument document, PlanSource rows, FieldDefinition field)
    {
        var place = document.Entities[0].Fields.ToList().IndexOf(field);
        var masked = Masked(document, rows, [field], 1);
        var (plain, hidden) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            plain = Math.Min(plain, Read(rows, place));
            hidden = Math.Min(hidden, Read(masked, place));
        }

        return (hidden - plain) / Rows;

        static double Read(RowSource source, int place)
        {
            var before = Environment.CpuUsage.TotalTime;
            using var reader = source.Open(source.Entities[0], [place], 0, null, CancellationToken.None);
            while (reader.Read(2048) > 0)
            {
                // Only read.
            }

            return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
        }
    }

    /// <summary>Each masker over 2,048 values made of its example, as a table.</summary>
    private static void Maskers()
    {
        Console.WriteLine("| masker | ns a value | allocated, bytes a value |\n|---|---|---|");
        foreach (var definition in MaskerCatalogue.All)
        {
            if (Cost(definition) is var (nanoseconds, bytes))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{definition.Name}` | {nanoseconds:0} | {bytes:0.##} |"));
        }
    }

    private static (double Nanoseconds, double Bytes)? Cost(MaskerDefinition definition)
    {
        const int values = 2048;
        var column = new ColumnDescription("value", definition.Types[0], Nullable: true) { SqlType = "text" };
        var context = new MaskerContext(definition, column, definition.ExampleArguments, Key) { Columns = [column], PrimaryKey = ["value"], Form = CanonicalForm.Text, AsOf = 1_767_225_600_000_000 };
        if (definition.Create(context) is not { } masker || masker.Preparation(0) is not null)
            return null;
        using var target = Core.Generation.Column.For(column.Type);
        using var source = Literals.ToColumn([.. Enumerable.Range(0, values).Select(row => Varied(definition.ExampleValue, row, column.Type))], column.Type, 18, 2, 0, out _);
        if (source is null)
            return null;
        var batch = new ValueBatch(values, [.. context.Companions.Select(_ => source)]);
        var best = double.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < 30; round++)
        {
            var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            masker.Mask(batch, source, target);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (best / values, (double)allocated / values);
    }

    /// <summary>The example with other letters in texts of letters, so that values differ.</summary>
    private static string Varied(string example, int row, FieldType type) =>
        type == FieldType.String && example.Length > 2 && char.IsAsciiLetterLower(example[^1]) ? string.Create(CultureInfo.InvariantCulture, $"{example[..^1]}{(char)('a' + row % 26)}") : example;
}
