namespace TdmPortal.Core.Expressions;

/// <summary>The functions. Null where an argument is null, unless said otherwise.</summary>
internal enum FunctionKind
{
    /// <summary>(string …): skips nulls, never null. Other types arrive through a <see cref="Conversion"/>, boolean as <c>t</c>/<c>f</c> by way of a <see cref="Choice"/>.</summary>
    Concat,
    /// <summary>(string): Unicode, no culture.</summary>
    Upper,
    /// <summary>(string): Unicode, no culture.</summary>
    Lower,
    /// <summary>(string): code points, an integer.</summary>
    Length,
    /// <summary>(string, start integer, length integer?): from 1; a start below 1 eats up length as in PostgreSQL; a negative length is an error of the row.</summary>
    Substring,
    /// <summary>(string, what, by): every occurrence; an empty <c>what</c> changes nothing.</summary>
    Replace,
    /// <summary>(string): spaces (U+0020) at both ends.</summary>
    Trim,
    /// <summary>(decimal): half away from zero to the result's scale. (double): half to even to a whole number.</summary>
    Round,
    /// <summary>(decimal or double): down to a whole number of the same kind.</summary>
    Floor,
    /// <summary>(decimal or double): up to a whole number of the same kind.</summary>
    Ceil,
    /// <summary>(number).</summary>
    Abs,
    /// <summary>(T …): the smallest, nulls skipped; null where all are.</summary>
    Least,
    /// <summary>(T …): the largest, nulls skipped; null where all are.</summary>
    Greatest,
    /// <summary>(T …): the first that is not null.</summary>
    Coalesce,
    /// <summary>(date or timestamp): in UTC.</summary>
    Year,
    /// <summary>(date or timestamp): 1..12 in UTC.</summary>
    Month,
    /// <summary>(date or timestamp): 1..31 in UTC.</summary>
    Day,
    /// <summary>(date or timestamp, integer).</summary>
    AddDays,
    /// <summary>(date or timestamp, integer): the last day of the month where the day does not exist.</summary>
    AddMonths,
    /// <summary>(date, date): days from the second to the first, an integer; timestamps arrive converted to date.</summary>
    DateDiff,
}
