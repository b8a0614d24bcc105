using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>A plan as one SQL script.</summary>
public static class SqlScript
{
    /// <summary>Writes the script.</summary>
    /// <param name="rows"><see cref="RowFormat.SqlInsert"/> (standard SQL) or <see cref="RowFormat.SqlCopy"/> (for psql).</param>
    /// <param name="progress">Called with the rows written so far, over all entities.</param>
    public static void Write(GenerationPlan plan, SqlPart part, RowFormat rows, Stream output, int threads, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (part is not SqlPart.Data)
        {
            foreach (var name in plan.Entities.Select(entity => entity.Definition.Table?.Schema).OfType<string>().Distinct(StringComparer.Ordinal))
                Line(output, $"CREATE SCHEMA IF NOT EXISTS {SqlSchema.Quote(name)};");
            Statements(output, SqlSchema.CreateTables(plan, null));
        }

        if (part is not SqlPart.Schema)
            Rows(plan, part, rows, output, threads, progress, cancellation);
        if (part is not SqlPart.Data)
            Statements(output, SqlSchema.AddKeys(plan, null));
    }

    private static void Rows(GenerationPlan plan, SqlPart part, RowFormat format, Stream output, int threads, Action<long>? progress, CancellationToken cancellation)
    {
        // With the constraints on from the start, the nullable side of a cycle is loaded as null and set afterwards.
        var backward = part == SqlPart.Data ? plan.Backward.ToList() : [];
        long before = 0;
        foreach (var entity in plan.Entities)
        {
            var left = backward.Where(link => link.Child == entity.Node).SelectMany(Filled).ToHashSet();
            plan.Write(entity, 0, entity.Rows, format, output, left, threads, written => progress?.Invoke(before + written), cancellation);
            before += entity.Rows;
        }

        foreach (var link in backward)
            Update(plan, plan.Entity(link.Child.Definition.Name), [.. Filled(link)], output, cancellation);
    }

    private static IEnumerable<int> Filled(LinkNode link) => link.Child.Fields.Where(field => field.FilledBy == link).Select(field => field.Index);

    private static void Update(GenerationPlan plan, EntityPlan entity, int[] fields, Stream output, CancellationToken cancellation)
    {
        if (entity.Definition.PrimaryKey.Count == 0)
            throw new Errors.PortalException("generation.unsupported", $"{entity.Name} belongs to a cycle and has no primary key, so its rows cannot be completed afterwards.") { SuggestedActions = ["Give it a primary key", "Write the whole script (--sql all)"] };
        var key = entity.Definition.PrimaryKey.Select(entity.Node.FieldIndex).ToArray();
        var writer = new SqlInsertWriter(SqlSchema.TableName(entity.Definition, null), entity.Columns);
        const int batch = 1024;
        for (long first = 0; first < entity.Rows; first += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Enumerable.Range(0, (int)Math.Min(batch, entity.Rows - first)).Select(i => first + i).ToArray();
            var buffer = plan.Read(entity, rows, frame =>
            {
                var text = new ByteBuffer();
                for (var row = 0; row < frame.Count; row++)
                {
                    if (!frame.Get(fields[0]).IsNull(row))
                        writer.WriteUpdate(text, frame.Get, fields, key, row);
                }

                return text;
            });
            output.Write(buffer.Written);
        }
    }

    private static void Statements(Stream output, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            Line(output, statement + ";");
    }

    private static void Line(Stream output, string text) => output.Write(Encoding.UTF8.GetBytes(text + "\n"));
}
