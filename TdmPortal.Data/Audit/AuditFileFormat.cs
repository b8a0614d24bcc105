namespace TdmPortal.Data.Audit;

/// <summary>How records are taken away.</summary>
public enum AuditFileFormat
{
    Csv,
    Ndjson,
}
