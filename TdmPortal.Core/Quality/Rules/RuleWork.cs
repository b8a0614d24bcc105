using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>How a rule is looked at: <see cref="RowWork"/> while rows go by once, <see cref="WholeWork"/> when all rows have been seen.</summary>
internal abstract class RuleWork
{
    /// <summary>Fields that it reads beside the rule's columns.</summary>
    public virtual IEnumerable<int> Fields => [];

    /// <summary>Conditions that it evaluates.</summary>
    public virtual IEnumerable<Expression> Conditions => [];
}
