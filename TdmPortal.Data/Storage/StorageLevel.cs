namespace TdmPortal.Data.Storage;

/// <summary>By what storage is listed.</summary>
public enum StorageLevel
{
    Team,
    Dataset,
    Version,
}
