namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>What a value may be. A number may be a whole one.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Scalars = Boolean | Integer | Number | String,
    All = Null | Scalars | Array | Object,
}
