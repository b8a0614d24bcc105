using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>What must hold for any schema, over many drawn at random and shrunk where it does not; PostgreSQL judges keys, checks and aggregates.</summary>
public sealed partial class RandomSchemaTests(DatabaseServer server)
{
    private const int Schemas = 50;

    [Fact]
    [Trait("Requirement", "N1")]
    [Trait("Requirement", "T1")]
    public void Write_AnySchema_GivesTheSameBytesByThreadsRangesAndBatches() => RandomSchemas.Check(Schemas, document =>
    {
        var (plan, again) = (RandomSchemas.Plan(document), RandomSchemas.Plan(document));
        foreach (var entity in plan.Entities)
        {
            var whole = Plans.Text(plan, entity.Name, RowFormat.Ndjson);
            var text = new StringBuilder();
            for (long first = 0, step = 1; first < entity.Rows; first += step, step = (step * 2) + 3)
                text.Append(Plans.Text(plan, entity.Name, RowFormat.Ndjson, first, Math.Min(step, entity.Rows - first), threads: 2));
            Assert.Equal(whole, text.ToString());
            Assert.Equal(whole, Plans.Text(again, entity.Name, RowFormat.Ndjson, threads: 3));

            // Batches of any rows in any order: as rows of parents are read.
            var rows = plan.Preview(entity, 0, (int)Math.Min(entity.Rows, 300)).Cells;
            foreach (var size in new[] { 1, 7, 64 })
            {
                var order = Enumerable.Range(0, rows.Count).Select(i => (long)(i * 7919 % rows.Count)).Distinct().Take(130).Chunk(size);
                Assert.All(order, chunk => Assert.Equal(chunk.Select(row => rows[(int)row]), Cells(plan, entity, chunk)));
            }
        }
    });

    [Fact]
    [Trait("Requirement", "N10")]
    public void Write_AnySchema_KeysAreDistinctAndPointToRowsThatExist() => RandomSchemas.Check(Schemas, document =>
    {
        var plan = RandomSchemas.Plan(document);
        var tables = plan.Entities.ToDictionary(entity => entity.Name, entity => plan.Preview(entity, 0, (int)entity.Rows).Cells, StringComparer.Ordinal);
        foreach (var entity in document.Entities)
        {
            foreach (var key in entity.Unique.Append(entity.PrimaryKey).Concat(entity.Fields.Where(field => field.Unique).Select(IReadOnlyList<string> (field) => [field.Name])).Where(key => key.Count > 0))
            {
                var values = Keys(entity.Name, key).Where(value => value is not null).ToList();
                Assert.True(values.Count == values.Distinct().Count(), $"{entity.Name} ({string.Join(", ", key)}) repeats");
            }

            Assert.DoesNotContain(null, Keys(entity.Name, entity.PrimaryKey));
        }

        foreach (var relationship in document.Relationships)
        {
            var known = Keys(relationship.To.Entity, relationship.To.Fields).ToHashSet();
            Assert.All(Keys(relationship.From.Entity, relationship.From.Fields), key => Assert.True(key is null || known.Contains(key), $"{relationship.Name}: {key} is no key of {relationship.To.Entity}"));
        }

        // Null where a part is null, as PostgreSQL has it.
        IEnumerable<string?> Keys(string entity, IReadOnlyList<string> fields)
        {
            var at = fields.Select(field => plan.Entity(entity).Columns.ToList().FindIndex(column => column.Name == field)).ToArray();
            return tables[entity].Select(row => Array.Exists(at, i => row[i] is null) ? null : string.Join('\u001f', at.Select(i => row[i])));
        }
    });

    [Fact]
    [Trait("Requirement", "D1")]
    public void Write_AnySchema_EveryValueFitsItsTypeLengthAndScale() => RandomSchemas.Check(Schemas, document =>
    {
        var plan = RandomSchemas.Plan(document);
        foreach (var entity in plan.Entities.Where(entity => entity.Rows > 0))
        {
            using var rows = JsonDocument.Parse(Plans.Bytes(plan, entity.Name, RowFormat.Json));
            foreach (var row in rows.RootElement.EnumerateArray())
            {
                foreach (var (column, field) in entity.Columns.Zip(entity.Definition.Fields))
                {
                    var value = row.GetProperty(field.Name);
                    if (value.ValueKind == JsonValueKind.Null)
                        Assert.True(column.Nullable, $"{entity.Name}.{field.Name} is null and said never to be");
                    else if (field.Array is { } bounds)
                        Assert.True(value.GetArrayLength() >= bounds.Min && value.GetArrayLength() <= bounds.Max && value.EnumerateArray().All(one => Fits(one, column)), $"{entity.Name}.{field.Name}: {value}");
                    else
                        Assert.True(Fits(value, column), $"{entity.Name}.{field.Name}: {value.GetRawText()} is no {column.SqlType}");
                }
            }
        }
    });

    [Fact]
    [Trait("Requirement", "D1")]
    public void Write_AnySchema_HasItsShareOfNulls() => RandomSchemas.Check(Schemas, document =>
    {
        var plan = RandomSchemas.Plan(document);
        foreach (var entity in plan.Entities.Where(entity => entity.Rows > 0))
        {
            var rows = plan.Preview(entity, 0, (int)entity.Rows).Cells;
            foreach (var (at, field) in entity.Definition.Fields.Index())
            {
                var filling = document.Relationships.Where(one => one.From.Entity == entity.Name && one.From.Fields.Contains(field.Name)).ToList();
                if (filling is [var relationship] && relationship.To.Entity != entity.Name && plan.Entity(relationship.To.Entity).Rows > 0)
                    AssertNulls(relationship.Name, rows, at, relationship.NullPercent ?? 0);

                // A check draws again what it names, nulls included; what is read from elsewhere may be null there, as what is counted within no parent is.
                else if (field is { Generator: not null and not "expression" and not "date.after" and not "template", When: null } && field.Args["within"] is null && !document.Constraints.Any(check => check.Entity == entity.Name && SchemaCuts.Names(check.Check, field.Name)))
                    AssertNulls($"{entity.Name}.{field.Name}", rows, at, field.NullPercent ?? 0);
            }
        }
    });

    [Fact]
    [Trait("Requirement", "N1")]
    public void PreviewChildren_AnySchema_GivesExactlyTheRowsThatPointToTheParent() => RandomSchemas.Check(Schemas, document =>
    {
        var plan = RandomSchemas.Plan(document);
        foreach (var relationship in document.Relationships)
        {
            var (child, parent) = (plan.Entity(relationship.From.Entity), plan.Entity(relationship.To.Entity));
            var children = plan.Preview(child, 0, (int)child.Rows);
            var at = child.Columns.ToList().FindIndex(column => column.Name == relationship.From.Fields[^1]);
            var keyAt = parent.Columns.ToList().FindIndex(column => column.Name == relationship.To.Fields[^1]);
            var first = child.Columns.ToList().FindIndex(column => column.Name == relationship.From.Fields[0]);
            var firstKey = parent.Columns.ToList().FindIndex(column => column.Name == relationship.To.Fields[0]);
            var families = children.RowNumbers.Zip(children.Cells).GroupBy(row => (row.Second[first], row.Second[at]), row => row.First).ToDictionary(family => family.Key, family => family.Order().ToList());
            var parents = plan.Preview(parent, 0, 12);
            foreach (var (row, cells) in parents.RowNumbers.Zip(parents.Cells))
            {
                var found = plan.PreviewChildren(relationship.Name, row, (int)child.Rows + 1);
                Assert.Equal(families.GetValueOrDefault((cells[firstKey], cells[keyAt])) ?? [], found.RowNumbers.Order());
            }
        }
    });

    [Fact]
    [Trait("Requirement", "N10")]
    [Trait("Requirement", "D1")]
    public async Task All_AnySchema_LoadsWithEveryKeyCheckAndAggregate()
    {
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        RandomSchemas.Check(Schemas, document =>
        {
            var plan = RandomSchemas.Plan(document);
            using var script = new MemoryStream();
            SqlScript.Write(plan, SqlPart.All, RowFormat.SqlInsert, script, 1, null, TestContext.Current.CancellationToken);
            Run(connection, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            Run(connection, Encoding.UTF8.GetString(script.ToArray()));
            foreach (var query in AggregateQueries.Disagreements(document))
                Assert.Equal((query, 0L), (query, Run(connection, query)));
        });
    }

    private static object? Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static IReadOnlyList<IReadOnlyList<string?>> Cells(GenerationPlan plan, EntityPlan entity, long[] rows) => plan.Read(entity, rows, IReadOnlyList<IReadOnlyList<string?>> (frame) =>
        [.. Enumerable.Range(0, rows.Length).Select(IReadOnlyList<string?> (row) => [.. entity.Columns.Select((column, c) => CellText.Of(frame.Get(c), row, column))])]);

    private static void AssertNulls(string name, IReadOnlyList<IReadOnlyList<string?>> rows, int column, double percent)
    {
        var (nulls, share) = (rows.Count(row => row[column] is null), percent / 100);

        // Five standard deviations of a binomial distribution.
        var tolerance = 5 * Math.Sqrt(rows.Count * share * (1 - share));
        Assert.True(Math.Abs(nulls - (rows.Count * share)) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{name}: {nulls} nulls of {rows.Count}, {percent} % were asked"));
    }

    private static bool Fits(JsonElement value, ColumnDescription column) => column.Type switch
    {
        FieldType.Integer => value.TryGetInt64(out _),
        FieldType.Decimal => DecimalForm().Match(value.GetRawText()) is { Success: true } form && form.Groups["fraction"].Length == column.Scale && form.Groups["whole"].Value.TrimStart('0').Length <= column.Precision - column.Scale,
        FieldType.Double => double.IsFinite(value.GetDouble()),
        FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldType.String => column.MaxLength is not { } most || value.GetString()!.EnumerateRunes().Count() <= most,
        FieldType.Date => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        FieldType.Time => TimeForm().IsMatch(value.GetString()!),
        FieldType.Timestamp => TimestampForm().IsMatch(value.GetString()!) && value.TryGetDateTimeOffset(out _),
        FieldType.Uuid => value.TryGetGuid(out _),
        _ => value.ValueKind != JsonValueKind.Undefined,
    };

    [GeneratedRegex(@"^-?(?<whole>\d+)(\.(?<fraction>\d+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{0,5}[1-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimestampForm();
}
