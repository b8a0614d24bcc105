using TdmPortal.Core.Import.Making;

namespace TdmPortal.Core.Import;

/// <summary>
/// A schema document from a database's structure: every column gets what fills it, with the reason, and the server's
/// rules hold by construction or as constraints; what cannot be said is listed.
/// </summary>
public static class StructureImport
{
    /// <summary>Always gives a document that generates, unless there is no table.</summary>
    public static ImportedSchema Make(DatabaseStructure structure, ImportOptions options)
    {
        var import = new ImportRun(structure, options);
        import.ReadTables();
        import.ReadLinks();
        import.ReadKeys();
        import.ReadChecks();
        import.ReadPartitions();
        import.ChooseRows();
        import.ChooseGenerators();
        import.ReadExclusions();
        return ImportRepair.Finish(import, import.ToDocument());
    }
}
