using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>The bare document of inspected files: entities and fields, as yet without generators.</summary>
public static class SampleStructure
{
    /// <summary>Fields are called as columns are, and remember what the file calls them.</summary>
    /// <param name="name">Of the schema; made legal.</param>
    public static SchemaDocument Of(string name, IReadOnlyList<InspectedFile> files) => new()
    {
        Name = LegalNames.ToLegal(name, "schema"),
        Title = LegalNames.IsLegal(name) ? null : name,
        Entities = [.. files.SelectMany(file => file.Entities).Select(entity => new EntityDefinition
        {
            Name = entity.Name,
            Rows = entity.Rows,
            Table = entity.Original == entity.Name ? null : new(null, entity.Original),
            Fields = [.. entity.Columns.Select(column => new FieldDefinition
            {
                Name = column.Name,
                Type = column.Type,
                Precision = column.Type == FieldType.Decimal ? column.Precision : null,
                Scale = column.Type == FieldType.Decimal ? column.Scale : null,
                MaxLength = column.Type == FieldType.String ? column.MaxLength : null,
                Column = column.Original == column.Name ? null : column.Original,
            })],
        })],
    };
}
