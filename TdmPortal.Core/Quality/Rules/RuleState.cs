using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>A rule under way.</summary>
internal sealed class RuleState(BoundRule bound, EntityView view)
{
    private Tally? tally;

    public BoundRule Bound => bound;

    /// <summary>Fields that its condition, its columns and its work need.</summary>
    public IReadOnlyList<int> Fields { get; } = [.. bound.Columns.Concat(bound.Work.Fields).Concat(bound.Work.Conditions.Append(bound.Where).OfType<Expression>().SelectMany(view.FieldsOf)).Distinct()];

    /// <summary>Conditions that name parents or children.</summary>
    public IReadOnlyList<Expression> Related { get; } = [.. bound.Work.Conditions.Append(bound.Where).OfType<Expression>().Where(one => ExpressionDependencies.Of(one).NamesRelationships)];

    /// <summary>Whether it can be looked at, at least at first, while rows go by.</summary>
    public bool GoesBy => Related.Count == 0 && (bound.Work is RowWork || (bound.Work is WholeWork whole && whole.BeginEarly() is not null));

    /// <summary>Why it cannot be looked at.</summary>
    public string? Fault { get; set; }

    public Outcome? Outcome { get; private set; }

    public Tally Begin(RuleTexts texts) => bound.Work is RowWork row ? row.Begin(texts) : ((WholeWork)bound.Work).BeginEarly()!;

    /// <summary>Takes in the stretch that follows.</summary>
    public void Take(Tally next, string? fault)
    {
        Fault ??= fault;
        if (tally is null)
            tally = next;
        else
            tally.Take(next);
    }

    /// <summary>The rows have gone by.</summary>
    public void Finish(RuleTexts texts)
    {
        if (Fault is not null || Outcome is not null)
            return;
        if (bound.Work is RowWork row)
            Outcome = (tally ?? row.Begin(texts)).Finish();
        else if (tally is not null)
            Outcome = ((WholeWork)bound.Work).Early(tally);
    }

    /// <summary>Looks at whole entities.</summary>
    public void Run(WholeRun run)
    {
        try
        {
            Outcome ??= ((WholeWork)bound.Work).Run(run, bound);
        }
        catch (Exception failure) when (RuleFault.IsOfRule(failure))
        {
            Fault = RuleFault.Text(failure);
        }
    }
}
