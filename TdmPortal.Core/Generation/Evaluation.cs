using System.Buffers.Binary;
using System.Text;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Evaluates checked expressions over rows, a typed loop a node. Decimals are held in 128 bits
/// throughout, whatever the field's own column. The column that comes back is a field's own or a scratch column of the
/// workspace: read it before the mark taken earlier is released, and never write to it.
/// </summary>
internal static partial class Evaluation
{
    public static Column Of(Expression expression, ExpressionRows frame) => expression switch
    {
        Constant constant => Constant(constant, frame),
        FieldValue field => Widened(frame.Get(field.Index), field.Type, frame),
        ParentValue value => Widened(frame.OfParent(value), value.Type, frame),
        Aggregate aggregate => frame.OfChildren(aggregate),
        Conversion conversion => Convert(Of(conversion.Operand, frame), conversion.Operand.Type, conversion.Type, frame),
        Arithmetic arithmetic => Arithmetic(arithmetic, frame),
        Negation negation => Negate(negation, frame),
        Comparison comparison => Compare(comparison, frame),
        Logical logical => Combine(logical, frame),
        Inversion inversion => Invert(inversion, frame),
        NullTest test => TestNull(test, frame),
        Membership membership => IsMember(membership, frame),
        Choice choice => Choose(choice, frame),
        FunctionCall call => Functions.Of(call, frame),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    /// <summary>Puts the values of an expression into a field's column; both are of one type.</summary>
    public static void Assign(Column source, Column target, ExpressionType type, FieldDefinition field)
    {
        var count = target.Count;
        switch (target)
        {
            case TextColumn:
                for (var i = 0; i < count; i++)
                    target.Take(i, source, i);
                return;
            case LongColumn longs when source is WideColumn wide:
                var limit = PowersOfTen.Wide(field.Precision ?? 18);
                for (var i = 0; i < count; i++)
                {
                    if (source.IsNull(i))
                        target.SetNull(i);
                    else if (wide.Values[i] >= limit || wide.Values[i] <= -limit)
                        throw new OverflowException();
                    else
                        longs.Values[i] = (long)wide.Values[i];
                }

                return;
            default:
                for (var i = 0; i < count; i++)
                    target.Take(i, source, i);
                if (type.Kind == FieldType.Decimal)
                    CheckDigits((WideColumn)target, field.Precision ?? 18);
                return;
        }
    }

    /// <summary>Sets a number in a column of whichever numeric kind.</summary>
    public static void Set(Column column, int row, long value)
    {
        switch (column)
        {
            case LongColumn longs:
                longs.Values[row] = value;
                break;
            case WideColumn wides:
                wides.Values[row] = value;
                break;
            default:
                ((DoubleColumn)column).Values[row] = value;
                break;
        }
    }

    public static LinkNode Link(Frame frame, RelationshipDefinition relationship) =>
        frame.Entity.Parents.First(link => ReferenceEquals(link.Definition, relationship) || link.Name == relationship.Name);

    /// <summary>A scratch column for values of a type.</summary>
    public static Column Scratch(ExpressionType type, ExpressionRows frame) => type.Kind switch
    {
        FieldType.String or FieldType.Json => frame.Workspace.Text(frame.Count),
        FieldType.Double => frame.Workspace.Double(frame.Count),
        FieldType.Decimal or FieldType.Uuid => frame.Workspace.Wide(frame.Count),
        _ => frame.Workspace.Long(frame.Count),
    };

    /// <summary>Makes null in <paramref name="target"/> what is null in <paramref name="source"/>.</summary>
    public static void PassNulls(Column source, Column target)
    {
        if (!source.HasNulls)
            return;
        for (var i = 0; i < target.Count; i++)
        {
            if (source.IsNull(i))
                target.SetNull(i);
        }
    }

    private static void CheckDigits(WideColumn column, int precision)
    {
        var limit = PowersOfTen.Wide(precision);
        for (var i = 0; i < column.Count; i++)
        {
            if (!column.IsNull(i) && (column.Values[i] >= limit || column.Values[i] <= -limit))
                throw new OverflowException();
        }
    }

    private static Column Widened(Column column, ExpressionType type, ExpressionRows frame)
    {
        if (type.Kind != FieldType.Decimal || type.IsArray || column is not LongColumn longs)
            return column;
        var wide = frame.Workspace.Wide(frame.Count);
        var from = longs.Values;
        var to = wide.Values;
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i];
        PassNulls(column, wide);
        return wide;
    }

    private static Column Constant(Constant constant, ExpressionRows frame)
    {
        var column = Scratch(constant.Type, frame);
        var text = constant.Value is string value ? Encoding.UTF8.GetBytes(value) : null;
        for (var i = 0; i < frame.Count; i++)
        {
            if (column is TextColumn texts)
            {
                if (text is null)
                    texts.AddNull();
                else
                    texts.Add(text);
            }
            else if (constant.Value is null)
            {
                column.SetNull(i);
            }
            else if (column is WideColumn wides)
            {
                wides.Values[i] = constant.Value is Guid uuid ? BinaryPrimitives.ReadInt128BigEndian(uuid.ToByteArray(bigEndian: true)) : (Int128)constant.Value;
            }
            else if (column is DoubleColumn doubles)
            {
                doubles.Values[i] = (double)constant.Value;
            }
            else
            {
                ((LongColumn)column).Values[i] = constant.Value is bool truth ? (truth ? 1 : 0) : (long)constant.Value;
            }
        }

        return column;
    }

    private static Column Arithmetic(Arithmetic node, ExpressionRows frame)
    {
        var (left, right) = (Of(node.Left, frame), Of(node.Right, frame));
        var result = Scratch(node.Type, frame);
        PassNulls(left, result);
        PassNulls(right, result);
        for (var i = 0; i < frame.Count; i++)
        {
            if (result.IsNull(i))
                continue;
            switch (result)
            {
                case LongColumn longs:
                    longs.Values[i] = Calculate(node.Kind, ((LongColumn)left).Values[i], ((LongColumn)right).Values[i]);
                    break;
                case DoubleColumn doubles:
                    doubles.Values[i] = Calculate(node.Kind, ((DoubleColumn)left).Values[i], ((DoubleColumn)right).Values[i]);
                    break;
                default:
                    ((WideColumn)result).Values[i] = Calculate(node, ((WideColumn)left).Values[i], ((WideColumn)right).Values[i]);
                    break;
            }
        }

        return result;
    }

    private static long Calculate(ArithmeticKind kind, long left, long right) => kind switch
    {
        ArithmeticKind.Add => checked(left + right),
        ArithmeticKind.Subtract => checked(left - right),
        ArithmeticKind.Multiply => checked(left * right),
        ArithmeticKind.Divide => left / right,
        _ => right == -1 ? 0 : left % right,
    };

    private static double Calculate(ArithmeticKind kind, double left, double right)
    {
        if (right == 0 && kind is ArithmeticKind.Divide or ArithmeticKind.Remainder)
            throw new DivideByZeroException();
        var value = kind switch
        {
            ArithmeticKind.Add => left + right,
            ArithmeticKind.Subtract => left - right,
            ArithmeticKind.Multiply => left * right,
            ArithmeticKind.Divide => left / right,
            _ => left % right,
        };
        return double.IsFinite(value) ? value : throw new OverflowException();
    }

    private static Int128 Calculate(Arithmetic node, Int128 left, Int128 right) => node.Kind switch
    {
        ArithmeticKind.Add => checked(left + right),
        ArithmeticKind.Subtract => checked(left - right),
        ArithmeticKind.Multiply => Decimals.Multiply(left, right),
        ArithmeticKind.Divide => Decimals.Divide(left, node.Left.Type.Scale, right, node.Right.Type.Scale, node.Type.Scale),
        _ => left % right,
    };

    private static Column Negate(Negation node, ExpressionRows frame)
    {
        var operand = Of(node.Operand, frame);
        var result = Scratch(node.Type, frame);
        PassNulls(operand, result);
        for (var i = 0; i < frame.Count; i++)
        {
            if (result.IsNull(i))
                continue;
            if (result is LongColumn longs)
                longs.Values[i] = checked(-((LongColumn)operand).Values[i]);
            else if (result is DoubleColumn doubles)
                doubles.Values[i] = -((DoubleColumn)operand).Values[i];
            else
                ((WideColumn)result).Values[i] = -((WideColumn)operand).Values[i];
        }

        return result;
    }

    private static LongColumn Compare(Comparison node, ExpressionRows frame)
    {
        var (left, right) = (Of(node.Left, frame), Of(node.Right, frame));
        var result = frame.Workspace.Long(frame.Count);
        PassNulls(left, result);
        PassNulls(right, result);
        var values = result.Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (result.IsNull(i))
                continue;
            var order = Order(left, i, right, i, node.Left.Type);
            values[i] = node.Kind switch
            {
                ComparisonKind.Equal => order == 0,
                ComparisonKind.NotEqual => order != 0,
                ComparisonKind.Less => order < 0,
                ComparisonKind.LessOrEqual => order <= 0,
                ComparisonKind.Greater => order > 0,
                _ => order >= 0,
            } ? 1 : 0;
        }

        return result;
    }

    /// <summary>Order of two values that are not null, of one type.</summary>
    public static int Order(Column left, int leftRow, Column right, int rightRow, ExpressionType type) => left switch
    {
        LongColumn longs => longs.Values[leftRow].CompareTo(((LongColumn)right).Values[rightRow]),
        DoubleColumn doubles => doubles.Values[leftRow].CompareTo(((DoubleColumn)right).Values[rightRow]),
        TextColumn texts => texts[leftRow].SequenceCompareTo(((TextColumn)right)[rightRow]),
        WideColumn wides when type.Kind == FieldType.Uuid => ((UInt128)wides.Values[leftRow]).CompareTo((UInt128)((WideColumn)right).Values[rightRow]),
        _ => ((WideColumn)left).Values[leftRow].CompareTo(((WideColumn)right).Values[rightRow]),
    };

    private static LongColumn Combine(Logical node, ExpressionRows frame)
    {
        var result = frame.Workspace.Long(frame.Count);
        var values = result.Values;
        values.Fill(node.IsAnd ? 1 : 0);
        var deciding = node.IsAnd ? 0 : 1;
        foreach (var operand in node.Operands)
        {
            var column = (LongColumn)Of(operand, frame);
            for (var i = 0; i < values.Length; i++)
            {
                if (column.IsNull(i))
                {
                    if (values[i] != deciding)
                        result.SetNull(i);
                }
                else if (column.Values[i] == deciding)
                {
                    values[i] = deciding;
                    result.ClearNull(i);
                }
            }
        }

        return result;
    }

    private static LongColumn Invert(Inversion node, ExpressionRows frame)
    {
        var operand = (LongColumn)Of(node.Operand, frame);
        var result = frame.Workspace.Long(frame.Count);
        for (var i = 0; i < frame.Count; i++)
            result.Values[i] = 1 - operand.Values[i];
        PassNulls(operand, result);
        return result;
    }

    private static LongColumn TestNull(NullTest node, ExpressionRows frame)
    {
        var operand = Of(node.Operand, frame);
        var result = frame.Workspace.Long(frame.Count);
        for (var i = 0; i < frame.Count; i++)
            result.Values[i] = operand.IsNull(i) != node.Negated ? 1 : 0;
        return result;
    }

    private static LongColumn IsMember(Membership node, ExpressionRows frame)
    {
        var operand = Of(node.Operand, frame);
        var result = frame.Workspace.Long(frame.Count);
        result.Values.Clear();
        PassNulls(operand, result);
        foreach (var item in node.Items)
        {
            var column = Of(item, frame);
            for (var i = 0; i < frame.Count; i++)
            {
                if (operand.IsNull(i) || result.Values[i] == 1)
                    continue;
                if (column.IsNull(i))
                {
                    result.SetNull(i);
                }
                else if (Order(operand, i, column, i, node.Operand.Type) == 0)
                {
                    result.Values[i] = 1;
                    result.ClearNull(i);
                }
            }
        }

        return result;
    }

    private static Column Choose(Choice node, ExpressionRows frame)
    {
        // Each row's branch first; then every branch is evaluated over the rows that take it alone, since it may fail for others.
        var branch = new int[frame.Count];
        Array.Fill(branch, node.Conditions.Count);
        for (var c = node.Conditions.Count - 1; c >= 0; c--)
        {
            var condition = (LongColumn)Of(node.Conditions[c], frame);
            for (var i = 0; i < branch.Length; i++)
            {
                if (!condition.IsNull(i) && condition.Values[i] != 0)
                    branch[i] = c;
            }
        }

        var sources = new Column?[node.Conditions.Count + 1];
        for (var c = 0; c < sources.Length; c++)
        {
            var value = c == node.Conditions.Count ? node.Otherwise : node.Values[c];
            if (Array.IndexOf(branch, c) >= 0)
                sources[c] = CanFail(value) ? Masked(value, frame, branch, c) : Of(value, frame);
        }

        var result = Scratch(node.Type, frame);
        for (var i = 0; i < branch.Length; i++)
            result.Take(i, sources[branch[i]]!, i);
        return result;
    }

    private static bool CanFail(Expression expression) =>
        expression is Arithmetic { Kind: ArithmeticKind.Divide or ArithmeticKind.Remainder } or FunctionCall { Kind: FunctionKind.Substring }
        || ExpressionDependencies.Operands(expression).Any(CanFail);

    private static Column Masked(Expression value, ExpressionRows frame, int[] branch, int wanted)
    {
        var places = Enumerable.Range(0, branch.Length).Where(i => branch[i] == wanted).ToArray();
        var part = frame.Part(places);
        var column = Of(value, part);
        var result = Scratch(value.Type, frame);
        for (var (i, next) = (0, 0); i < branch.Length; i++)
        {
            if (next < places.Length && places[next] == i)
                result.Take(i, column, next++);
            else if (result is TextColumn text)
                text.AddNull();
            else
                result.SetNull(i);
        }

        return result;
    }
}
