namespace TdmPortal.Web.Schemas.Editing;

/// <summary>A column of the field grid, left to right.</summary>
public enum FieldColumn
{
    Name,
    Type,
    Generator,
    Arguments,
    Nulls,
    Unique,
    Key,
}
