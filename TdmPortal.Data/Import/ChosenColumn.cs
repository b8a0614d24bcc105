using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Import;

/// <summary>A type that was chosen for a column of a file.</summary>
/// <param name="Entity">As the inspection names it.</param>
/// <param name="Column">As the file has it.</param>
/// <param name="Form">How its values are spelled; null: as the product writes them.</param>
public sealed record ChosenColumn(string Entity, string Column, FieldType Type, string? Form);
