using TdmPortal.Core.Generation;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>The first children of a row over one relationship.</summary>
public sealed record ChildRows(string Relationship, string Child, PreviewRows Rows);
