using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>What becomes of a masker's example, found by running it under a key that is known to all.</summary>
public static class MaskerExample
{
    private static readonly long AsOf = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000;

    /// <summary>The masked <see cref="MaskerDefinition.ExampleValue"/>; empty where it becomes null, or where nothing can be shown without a table.</summary>
    public static string Of(MaskerDefinition definition)
    {
        var type = definition.Types[0];
        var column = new ColumnDescription("value", type, Nullable: true) { SqlType = "", Scale = 2 };
        column = column with { SqlType = SqlSchema.BaseType(column) };
        var context = new MaskerContext(definition, column, definition.ExampleArguments, MaskingKey.FromBytes("an example's key is no secret ..."u8[..MaskingKey.Size]))
        {
            Columns = [column],
            PrimaryKey = ["value"],
            Form = CanonicalForm.Text,
            AsOf = AsOf,
        };
        if (definition.Create(context) is not { } masker || masker.Preparation(0) is not null)
            return "";
        using var source = Literals.ToColumn([definition.ExampleValue], type, column.Precision, column.Scale, AsOf, out _)
            ?? throw new InvalidOperationException($"the example of {definition.Name} is no {type}");
        using var target = Column.For(type);
        masker.Mask(new ValueBatch(1, [.. context.Companions.Select(_ => source)]), source, target);
        return SampleText.Of(target, 0, type, column.Scale);
    }
}
