using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Runs one generator without a schema around it.</summary>
internal static class Running
{
    public static SourceContext Context(string generator, string args = "{}", FieldType? type = null, string locale = "en", int? maxLength = null, string field = "value", bool unique = false)
    {
        using var document = JsonDocument.Parse(args);
        var values = new ArgumentValues(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())).ToList());
        var definition = GeneratorCatalogue.Find(generator)!;
        return new("person", new FieldDefinition { Name = field, Type = type ?? definition.Types[0], Generator = generator, Args = values, MaxLength = maxLength }, locale, new GenerationOptions()) { Unique = unique };
    }

    public static ValueSource? Create(SourceContext context) => GeneratorCatalogue.Find(context.Field.Generator!)!.Create(context);

    public static List<string> Rows(string generator, int count, string args = "{}", FieldType? type = null, string locale = "en", int? maxLength = null, string field = "value", bool unique = false, long first = 0)
    {
        var context = Context(generator, args, type, locale, maxLength, field, unique);
        var source = Create(context);
        Assert.True(source is not null, string.Join('\n', context.Problems));
        return Rows(source, context, count, unique, first);
    }

    public static List<string> Rows(ValueSource source, SourceContext context, int count, bool unique = false, long first = 0)
    {
        using var column = Column.For(context.Type, context.Precision);
        column.Reset(count);
        var rows = Enumerable.Range(0, count).Select(row => first + row).ToArray();
        var fill = new FillContext { Key = context.FieldKey };
        if (unique)
            source.FillUnique(column, rows, fill);
        else
            source.Fill(column, rows, fill);
        return [.. Enumerable.Range(0, count).Select(row => SampleText.Of(column, row, context.Type, context.Scale))];
    }

    /// <summary>The message of the one problem that the arguments cause.</summary>
    public static string Refusal(string generator, string args, FieldType? type = null, int? maxLength = null)
    {
        var context = Context(generator, args, type, maxLength: maxLength);
        Assert.Null(Create(context));
        return Assert.Single(context.Problems).Message;
    }
}
