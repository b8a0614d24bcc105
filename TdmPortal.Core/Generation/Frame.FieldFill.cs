using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Generation;

/// <summary>Filling one field.</summary>
internal sealed partial class Frame
{
    /// <summary>What a source may use while it fills a field of this frame.</summary>
    private sealed class FieldFill(Frame frame, FieldNode field) : FillContext
    {
        private ulong[] drawn = [];

        /// <summary>The rows that the field's share of nulls falls on, a bit each.</summary>
        public ulong[] Draw(ReadOnlySpan<long> rows)
        {
            var words = (rows.Length + 63) >> 6;
            if (drawn.Length < words)
                drawn = new ulong[words];
            var threshold = Vector256.Create(field.NullThreshold);
            for (var word = 0; word < words; word++)
            {
                ulong bits = 0;
                var part = rows[(word << 6)..Math.Min(rows.Length, (word + 1) << 6)];
                var i = 0;
                for (; i <= part.Length - 4; i += 4)
                {
                    var below = Vector256.LessThan(Randomness.Cell(field.NullKey, Vector256.Create(part[i..])), threshold);
                    bits |= (ulong)below.ExtractMostSignificantBits() << i;
                }

                for (; i < part.Length; i++)
                    bits |= (Randomness.Cell(field.NullKey, part[i]) < field.NullThreshold ? 1UL : 0) << i;
                drawn[word] = field.NullThreshold == ulong.MaxValue ? ulong.MaxValue >> (64 - part.Length) : bits;
            }

            return drawn;
        }

        public override Column this[FieldReference reference]
        {
            get
            {
                var (link, index) = field.References[reference.Index];
                return link is null ? frame.Get(index) : frame.Parent(link).Get(index);
            }
        }
    }
}
