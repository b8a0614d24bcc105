using TdmPortal.Core.Expressions;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Changes of type.</summary>
internal static partial class Evaluation
{
    private static Column Convert(Column source, ExpressionType from, ExpressionType to, ExpressionRows frame)
    {
        if (from == to)
            return source;
        var result = Scratch(to, frame);
        if (result is TextColumn texts)
        {
            for (var i = 0; i < frame.Count; i++)
            {
                if (source.IsNull(i))
                    texts.AddNull();
                else
                    AddText(texts, source, i, from);
            }

            return result;
        }

        PassNulls(source, result);
        for (var i = 0; i < frame.Count; i++)
        {
            if (!result.IsNull(i))
                Convert(source, from, result, to, i);
        }

        return result;
    }

    private static void Convert(Column source, ExpressionType from, Column result, ExpressionType to, int row)
    {
        switch (source, result)
        {
            case (LongColumn longs, WideColumn wides):
                wides.Values[row] = Decimals.Rescale(longs.Values[row], 0, to.Scale);
                break;
            case (LongColumn longs, DoubleColumn doubles):
                doubles.Values[row] = longs.Values[row];
                break;
            case (LongColumn days, LongColumn instants) when to.Kind == FieldType.Timestamp:
                instants.Values[row] = checked(days.Values[row] * TimeText.Day);
                break;
            case (LongColumn instants, LongColumn days) when to.Kind == FieldType.Date:
                days.Values[row] = Days(instants.Values[row]);
                break;
            case (LongColumn same, LongColumn target):
                target.Values[row] = same.Values[row];
                break;
            case (WideColumn wides, WideColumn target):
                target.Values[row] = Decimals.Rescale(wides.Values[row], from.Scale, to.Scale);
                break;
            case (WideColumn wides, LongColumn longs):
                longs.Values[row] = checked((long)Decimals.Rescale(wides.Values[row], from.Scale, 0));
                break;
            case (WideColumn wides, DoubleColumn doubles):
                doubles.Values[row] = Decimals.ToDouble(wides.Values[row], from.Scale);
                break;
            case (DoubleColumn doubles, WideColumn wides):
                wides.Values[row] = Decimals.FromDouble(doubles.Values[row], to.Scale);
                break;
            case (DoubleColumn doubles, LongColumn longs):
                longs.Values[row] = checked((long)Math.Round(doubles.Values[row], MidpointRounding.ToEven));
                break;
            default:
                throw new NotSupportedException($"no conversion from {from} to {to}");
        }
    }

    private static void AddText(TextColumn texts, Column source, int row, ExpressionType type)
    {
        var from = texts.Current.Length;
        TextForm.Append(texts, source, row, type.Kind, type.Scale);
        if (type.Kind == FieldType.Timestamp)
        {
            // PostgreSQL's own text: a blank between day and time, and the offset of UTC.
            var written = texts.Current[from..];
            written[10] = (byte)' ';
            texts.Truncate(texts.Current.Length - 1);
            texts.Append("+00"u8);
        }
        else if (type.Kind == FieldType.Double)
        {
            texts.Current[from..].Replace((byte)'E', (byte)'e');
        }

        texts.End();
    }

    /// <summary>The day of an instant, in days since 1970-01-01.</summary>
    public static long Days(long instant) => instant >= 0 ? instant / TimeText.Day : ((instant + 1) / TimeText.Day) - 1;
}
