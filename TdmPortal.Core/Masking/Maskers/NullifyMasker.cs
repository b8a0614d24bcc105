using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Values become null.</summary>
internal sealed class NullifyMasker : Masker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("nullify", "Set to null", MaskerForm.Remove, "Every value becomes null; refused where the column allows none.", Kinds.Any,
        MaskerTraits.Consistent | MaskerTraits.Forgets, "Anna", Create, synonyms: "empty, null, delete, clear");

    private static Masker? Create(MaskerContext context)
    {
        if (context.Column.Nullable)
            return new NullifyMasker();
        context.Report("masking.not_nullable", $"{context.Column.Name} allows no nulls, so it cannot be set to null.", "Choose redact or constant instead");
        return null;
    }

    public override void Mask(MaskBatch batch, Column source, Column target)
    {
        target.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (!source.IsNull(row) && batch.Keeps(row))
                target.Take(row, source, row);
            else if (target is TextColumn text)
                text.AddNull();
            else
                Empty(target, row);
        }
    }

    /// <summary>A null; an array's row is set so that the rows behind it begin where they should.</summary>
    private static void Empty(Column target, int row)
    {
        if (target is ArrayColumn array)
            array.Offsets[row + 1] = array.Offsets[row];
        target.SetNull(row);
    }
}
