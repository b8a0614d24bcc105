using TdmPortal.Core.PersonalData;

namespace TdmPortal.Data.PersonalData;

/// <summary>What somebody says of a column of the report.</summary>
/// <param name="ColumnId">Of a <see cref="PersonalColumn"/>.</param>
/// <param name="Kind">The kind of personal data; <see cref="PersonalKinds.None"/>: it is not personal; null: nobody has said.</param>
public sealed record PersonalClass(Guid ColumnId, string? Kind);
