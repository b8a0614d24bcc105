using System.Runtime.InteropServices;

namespace TdmPortal.Core.Generation;

/// <summary>Where a walk over a parent's children stands; what the numbers mean is the link's own.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ChildCursor
{
    public long Layer;
    public long Slot;

    /// <summary>Which of several walks one after another.</summary>
    public int Part;
}
