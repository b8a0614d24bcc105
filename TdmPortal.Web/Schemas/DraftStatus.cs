namespace TdmPortal.Web.Schemas;

/// <summary>How the author's unsaved work stands in the database.</summary>
public enum DraftStatus
{
    /// <summary>There is none: the document is as saved.</summary>
    None,
    Saving,
    Kept,
    /// <summary>It could not be stored; it is tried again with the next edit.</summary>
    Failed,
}
