using TdmPortal.Core.Import;

namespace TdmPortal.Data.Import;

/// <summary>What a look at a source's structure found.</summary>
/// <param name="Structure">All tables that may be read, without statistics.</param>
/// <param name="Changes">Since the look before; null: there was none.</param>
public sealed record SourceLook(DatabaseStructure Structure, IReadOnlyList<StructureChange>? Changes);
