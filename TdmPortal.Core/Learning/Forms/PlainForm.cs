using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>As the product writes values of a type: times and UUIDs.</summary>
internal sealed class PlainForm(FieldType type) : CellForm(type, null)
{
    public override bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        length = text.Length;
        if (text.Length > to.Length || !TypedText.CanRead(text, Type, 18, 2))
            return false;
        text.CopyTo(to);
        return true;
    }
}
