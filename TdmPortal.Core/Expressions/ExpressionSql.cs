using System.Globalization;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>
/// Renders a checked expression as PostgreSQL's SQL with the same meaning, whatever the session's time zone and the
/// database's collation are. Identifiers are quoted, values are literals or parameters.
/// </summary>
internal sealed class ExpressionSql
{
    private readonly StringBuilder sql = new();
    private readonly Func<string, string> column;
    private readonly Func<string, string> text;
    private readonly Func<Expression, string>? related;

    private ExpressionSql(Func<string, string> column, Func<string, string> text, Func<Expression, string>? related = null) => (this.column, this.text, this.related) = (column, text, related);

    /// <summary>With texts as quoted literals, as a CHECK needs it; null where a relationship is named, which a CHECK cannot see.</summary>
    /// <param name="column">The quoted column of a field's name.</param>
    public static string? Check(Expression expression, Func<string, string> column) =>
        ExpressionDependencies.Of(expression).NamesRelationships ? null : new ExpressionSql(column, Literal).Render(expression);

    /// <summary>A condition on one row, with every text as <paramref name="text"/> writes it.</summary>
    public static string Condition(Expression expression, Func<string, string> column, Func<string, string> text) => new ExpressionSql(column, text).Render(expression);

    /// <summary>For a query that sees other tables too.</summary>
    /// <param name="related">What stands for a parent's field or an aggregate over children.</param>
    public static string Related(Expression expression, Func<string, string> column, Func<Expression, string> related) => new ExpressionSql(column, Literal, related).Render(expression);

    private string Render(Expression expression)
    {
        Write(expression);
        return sql.ToString();
    }

    private void Write(Expression expression)
    {
        switch (expression)
        {
            case Constant constant:
                WriteConstant(constant);
                break;
            case FieldValue field:
                sql.Append(column(field.Name));
                break;
            case Conversion conversion:
                WriteConversion(conversion);
                break;
            case Negation negation:
                sql.Append('-');
                Operand(negation.Operand);
                break;
            case Arithmetic arithmetic:
                Operand(arithmetic.Left);
                // Two integer literals would be computed in 32 bits.
                if (arithmetic is { Left: Constant, Right: Constant, Type.Kind: FieldType.Integer })
                    sql.Append("::bigint");
                sql.Append(arithmetic.Kind switch
                {
                    ArithmeticKind.Add => " + ",
                    ArithmeticKind.Subtract => " - ",
                    ArithmeticKind.Multiply => " * ",
                    ArithmeticKind.Divide => " / ",
                    _ => " % ",
                });
                Operand(arithmetic.Right);
                break;
            case Comparison comparison:
                WriteComparison(comparison);
                break;
            case Logical logical:
                Joined(logical.Operands, logical.IsAnd ? " AND " : " OR ", Operand);
                break;
            case Inversion inversion:
                sql.Append("NOT ");
                Operand(inversion.Operand);
                break;
            case NullTest test:
                Operand(test.Operand);
                sql.Append(test.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case Membership membership:
                Operand(membership.Operand);
                sql.Append(" IN (");
                Joined(membership.Items, ", ", Write);
                sql.Append(')');
                break;
            case Choice choice:
                WriteChoice(choice);
                break;
            case FunctionCall call:
                WriteFunction(call);
                break;
            case ParentValue or Aggregate when related is not null:
                sql.Append(related(expression));
                break;
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no SQL within one row.");
        }
    }

    private void Operand(Expression expression)
    {
        var atom = expression is FieldValue or FunctionCall { Kind: not (FunctionKind.DateDiff or FunctionKind.AddDays) } or Choice
            || (expression is Constant constant && !(constant.Value is long and < 0 || constant.Value is Int128 wide && wide < 0));
        if (expression is Conversion conversion && IsImplicit(conversion))
        {
            Operand(conversion.Operand);
        }
        else if (atom)
        {
            Write(expression);
        }
        else
        {
            sql.Append('(');
            Write(expression);
            sql.Append(')');
        }
    }

    private void Joined(IReadOnlyList<Expression> parts, string separator, Action<Expression> write)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                sql.Append(separator);
            write(parts[i]);
        }
    }

    private void WriteComparison(Comparison comparison)
    {
        Operand(comparison.Left);
        sql.Append(comparison.Kind switch
        {
            ComparisonKind.Equal => " = ",
            ComparisonKind.NotEqual => " <> ",
            ComparisonKind.Less => " < ",
            ComparisonKind.LessOrEqual => " <= ",
            ComparisonKind.Greater => " > ",
            _ => " >= ",
        });
        Operand(comparison.Right);
        if (comparison.Left.Type.Kind == FieldType.String && comparison.Kind is not (ComparisonKind.Equal or ComparisonKind.NotEqual))
            sql.Append(" COLLATE \"C\"");
    }

    private void WriteChoice(Choice choice)
    {
        sql.Append("CASE");
        for (var i = 0; i < choice.Conditions.Count; i++)
        {
            sql.Append(" WHEN ");
            Write(choice.Conditions[i]);
            sql.Append(" THEN ");
            Write(choice.Values[i]);
        }

        sql.Append(" ELSE ");
        Write(choice.Otherwise);
        sql.Append(" END");
    }

    private static bool IsImplicit(Conversion conversion) => conversion.Type.IsNumber && conversion.Operand.Type.IsNumber;

    private void WriteConversion(Conversion conversion)
    {
        var from = conversion.Operand.Type.Kind;
        switch (conversion.Type.Kind)
        {
            // PostgreSQL promotes numbers by the same rules.
            case FieldType.Integer or FieldType.Decimal or FieldType.Double:
                Write(conversion.Operand);
                break;
            case FieldType.Timestamp when from == FieldType.Date:
                Operand(conversion.Operand);
                sql.Append("::timestamp AT TIME ZONE 'UTC'");
                break;
            case FieldType.Date when from == FieldType.Timestamp:
                Utc(conversion.Operand);
                sql.Append("::date");
                break;
            case FieldType.String when from == FieldType.Timestamp:
                Utc(conversion.Operand);
                sql.Append("::text || '+00'");
                break;
            default:
                Operand(conversion.Operand);
                sql.Append("::text");
                break;
        }
    }

    private void Utc(Expression timestamp)
    {
        sql.Append('(');
        Operand(timestamp);
        sql.Append(" AT TIME ZONE 'UTC')");
    }

    private void WriteFunction(FunctionCall call)
    {
        switch (call.Kind)
        {
            case FunctionKind.Year or FunctionKind.Month or FunctionKind.Day:
                sql.Append("EXTRACT(").Append(call.Kind.ToString().ToUpperInvariant()).Append(" FROM ");
                if (call.Arguments[0].Type.Kind == FieldType.Timestamp)
                    Utc(call.Arguments[0]);
                else
                    Write(call.Arguments[0]);
                sql.Append(")::bigint");
                break;
            case FunctionKind.DateDiff:
                Operand(call.Arguments[0]);
                sql.Append(" - ");
                Operand(call.Arguments[1]);
                break;
            case FunctionKind.AddDays when call.Type.Kind == FieldType.Date:
                Operand(call.Arguments[0]);
                sql.Append(" + ");
                Operand(call.Arguments[1]);
                sql.Append("::integer");
                break;
            case FunctionKind.AddDays or FunctionKind.AddMonths:
                var timestamp = call.Type.Kind == FieldType.Timestamp;
                sql.Append('(');
                if (timestamp)
                    Utc(call.Arguments[0]);
                else
                    Operand(call.Arguments[0]);
                sql.Append(call.Kind == FunctionKind.AddDays ? " + make_interval(days => " : " + make_interval(months => ");
                Operand(call.Arguments[1]);
                sql.Append("::integer))").Append(timestamp ? " AT TIME ZONE 'UTC'" : "::date");
                break;
            case FunctionKind.Substring:
                sql.Append("substring(");
                Write(call.Arguments[0]);
                foreach (var number in call.Arguments.Skip(1))
                {
                    sql.Append(", ");
                    Operand(number);
                    sql.Append("::integer");
                }

                sql.Append(')');
                break;
            case FunctionKind.Round when call.Type is { Kind: FieldType.Decimal, Scale: > 0 }:
                sql.Append("round(");
                Write(call.Arguments[0]);
                sql.Append(CultureInfo.InvariantCulture, $", {call.Type.Scale})");
                break;
            default:
                sql.Append(call.Kind switch
                {
                    FunctionKind.Trim => "btrim",
                    _ => call.Kind.ToString().ToLowerInvariant(),
                }).Append('(');
                Joined(call.Arguments, ", ", Write);
                sql.Append(call is { Kind: FunctionKind.Least or FunctionKind.Greatest, Type.Kind: FieldType.String } ? " COLLATE \"C\")" : ")");
                break;
        }
    }

    private void WriteConstant(Constant constant)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (constant.Type.Kind)
        {
            case var _ when constant.Value is null:
                sql.Append("NULL");
                break;
            case FieldType.Integer:
                sql.Append(invariant, $"{constant.Value}");
                break;
            case FieldType.Decimal:
                sql.Append(DecimalText((Int128)constant.Value, constant.Type.Scale));
                break;
            case FieldType.Double:
                sql.Append(invariant, $"'{(double)constant.Value:R}'::double precision");
                break;
            case FieldType.Boolean:
                sql.Append((bool)constant.Value ? "TRUE" : "FALSE");
                break;
            case FieldType.Date:
                sql.Append(invariant, $"DATE '{DateTime.UnixEpoch.AddDays((long)constant.Value):yyyy-MM-dd}'");
                break;
            case FieldType.Time:
                sql.Append(invariant, $"TIME '{new TimeOnly((long)constant.Value * TimeSpan.TicksPerMicrosecond):HH:mm:ss.ffffff}'");
                break;
            case FieldType.Timestamp:
                sql.Append(invariant, $"TIMESTAMPTZ '{DateTime.UnixEpoch.AddTicks((long)constant.Value * TimeSpan.TicksPerMicrosecond):yyyy-MM-dd HH:mm:ss.ffffff}+00'");
                break;
            case FieldType.Uuid:
                sql.Append(invariant, $"'{(Guid)constant.Value:D}'::uuid");
                break;
            default:
                sql.Append(text((string)constant.Value));
                break;
        }
    }

    /// <summary>A text literal that means the same whatever <c>standard_conforming_strings</c> says.</summary>
    internal static string Literal(string value)
    {
        var quoted = value.Replace("'", "''", StringComparison.Ordinal);
        return quoted.Contains('\\', StringComparison.Ordinal) ? $"E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{quoted}'";
    }

    private static string DecimalText(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var number = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return unscaled < 0 ? "-" + number : number;
    }

    /// <summary>The quoted column of each of an entity's fields, by the identifiers of the database that it came from.</summary>
    public static Func<string, string> ColumnsOf(EntityDefinition entity) => name =>
        SqlSchema.Quote(entity.Fields.First(field => field.Name == name).Column ?? name);
}
