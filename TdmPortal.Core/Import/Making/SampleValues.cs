using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>Tries a generator before it is proposed.</summary>
internal static class SampleValues
{
    private const int Rows = 60;

    /// <summary>So many values that differ; null where the generator does not have them.</summary>
    public static List<string>? Distinct(ImportColumn column, ProposedGenerator generator, int count)
    {
        var field = new FieldDefinition { Name = column.Field, Type = column.Type.Type, MaxLength = column.Type.MaxLength, Generator = generator.Generator, Args = generator.Args };
        var document = new SchemaDocument { Name = "sample", Entities = [new() { Name = column.Table.Entity, Rows = count, Fields = [field], PrimaryKey = [column.Field] }] };
        return GenerationPlan.Compile(document, new GenerationOptions()).Plan is { } plan ? [.. plan.Preview(plan.Entities[0], 0, count, CancellationToken.None).Cells.Select(row => row[0]!)] : null;
    }

    /// <summary>Whether values of a generator keep to a regular expression, as far as some dozens say.</summary>
    public static bool AllMatch(ImportColumn column, ProposedGenerator generator, string regex)
    {
        var field = new FieldDefinition { Name = column.Field, Type = column.Type.Type, MaxLength = column.Type.MaxLength, Generator = generator.Generator, Args = generator.Args };
        var document = new SchemaDocument { Name = "sample", Entities = [new() { Name = column.Table.Entity, Rows = Rows, Fields = [field] }] };
        if (GenerationPlan.Compile(document, new GenerationOptions()).Plan is not { } plan)
            return false;
        try
        {
            var pattern = new Regex(regex, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            return plan.Preview(plan.Entities[0], 0, Rows, CancellationToken.None).Cells.All(row => row[0] is { } value && pattern.IsMatch(value));
        }
        catch (Exception failure) when (failure is ArgumentException or RegexMatchTimeoutException or Errors.PortalException)
        {
            return false;
        }
    }
}
