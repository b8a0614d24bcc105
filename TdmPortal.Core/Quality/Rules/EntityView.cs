using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>An entity of the document as a source has it.</summary>
internal sealed class EntityView
{
    private readonly string?[] faults;

    public EntityView(int index, EntityDefinition definition, SourceEntity source)
    {
        (Index, Definition, Source) = (index, definition, source);
        Places = new int[definition.Fields.Count];
        faults = new string?[definition.Fields.Count];
        for (var i = 0; i < Places.Length; i++)
        {
            var field = definition.Fields[i];
            Places[i] = -1;
            for (var c = 0; c < source.Columns.Count && Places[i] < 0; c++)
            {
                if (source.Columns[c].Name == field.Name)
                    Places[i] = c;
            }

            faults[i] = Places[i] < 0 ? $"the data of {definition.Name} has no column {field.Name}" : Fault(field, source.Columns[Places[i]]);
        }

        var key = definition.PrimaryKey.Select(FieldOf).ToList();
        Key = key.TrueForAll(field => field >= 0 && faults[field] is null) ? [.. key.Select(field => (field, Column(field)))] : [];
    }

    public int Index { get; }

    public EntityDefinition Definition { get; }

    public SourceEntity Source { get; }

    /// <summary>Where each field stands in the source; -1: nowhere.</summary>
    public int[] Places { get; }

    /// <summary>Fields of the primary key, empty where the source lacks one of them.</summary>
    public IReadOnlyList<(int Field, ColumnDescription Column)> Key { get; }

    public ColumnDescription Column(int field) => Source.Columns[Places[field]];

    public int FieldOf(string name)
    {
        for (var i = 0; i < Definition.Fields.Count; i++)
        {
            if (Definition.Fields[i].Name == name)
                return i;
        }

        return -1;
    }

    /// <summary>Why some of the fields cannot be read; null where they can.</summary>
    public string? FaultOf(IEnumerable<int> fields) => fields.Select(field => faults[field]).FirstOrDefault(fault => fault is not null);

    /// <summary>The entity's own fields that an expression needs, those that lead to parents and children included.</summary>
    public IEnumerable<int> FieldsOf(Expression expression)
    {
        var read = ExpressionDependencies.Of(expression);
        return read.Fields.Concat(read.ParentFields.SelectMany(one => one.Relationship.From.Fields))
            .Concat(read.Aggregates.SelectMany(one => one.Relationship.To.Fields)).Select(FieldOf);
    }

    private static string? Fault(FieldDefinition field, ColumnDescription column)
    {
        var same = field.Type == column.Type && field.Array is not null == column.IsArray && (field.Type != FieldType.Decimal || (field.Scale ?? 2) == column.Scale);
        return same ? null : $"{field.Name} is {Text(column.Type, column.IsArray, column.Scale)} in the data, but {Text(field.Type, field.Array is not null, field.Scale ?? 2)} in the schema";
    }

    private static string Text(FieldType type, bool list, int scale) => $"{(list ? "a list of " : "")}{FieldTypeNames.Of(type)}{(type == FieldType.Decimal ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" with {scale} digits after the point") : "")}";
}
