using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>A type that all but a few values of a column have.</summary>
/// <param name="Form">As <see cref="InspectedColumn.Form"/>.</param>
/// <param name="Others">Values that have it not.</param>
/// <param name="FirstLine">Where the first of those is.</param>
public sealed record NearlyType(FieldType Type, string? Form, long Others, long FirstLine);
