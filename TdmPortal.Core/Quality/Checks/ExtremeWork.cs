using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>The least (-1) or greatest (1) value of a column.</summary>
internal sealed class ExtremeWork(int place, ExpressionType type, int sign, Column? min, Column? max) : RowWork
{
    public static ExtremeWork? Bind(RuleContext context, int sign)
    {
        var (min, max, type) = (context.Literal("min", context.Field()), context.Literal("max", context.Field()), ExpressionType.Of(context.Field()));
        context.NeedsBound();
        if (min is not null && max is not null && Evaluation.Order(min, 0, max, 0, type) > 0)
            context.Crossed();
        return context.Failed ? null : new(context.Columns[0], type, sign, min, max);
    }

    private int Place => place;

    private Schemas.FieldType Kind => type.Kind;

    private int Sign => sign;

    public override Tally Begin(RuleTexts texts) => new Extreme(this, texts);

    private bool IsBeyond(Column left, int row, Column right, int other) => Evaluation.Order(left, row, right, other, type) * sign > 0;

    private bool Holds(Column best) => (min is null || Evaluation.Order(best, 0, min, 0, type) >= 0) && (max is null || Evaluation.Order(best, 0, max, 0, type) <= 0);

    private sealed class Extreme(ExtremeWork work, RuleTexts texts) : Tally
    {
        private Column? best;

        public override void Add(RuleBatch batch)
        {
            var column = batch[work.Place];
            var at = -1;
            for (var i = 0; i < batch.Count; i++)
            {
                if (!column.IsNull(i) && batch.Looks(i) && (at < 0 || work.IsBeyond(column, i, column, at)))
                    at = i;
            }

            if (at < 0 || (best is not null && !work.IsBeyond(column, at, best, 0)))
                return;
            best = Column.For(work.Kind, column is WideColumn ? 38 : 18);
            best.Gather(column, [at]);
        }

        public override void Take(Tally next)
        {
            if (((Extreme)next).best is { } other && (best is null || work.IsBeyond(other, 0, best, 0)))
                best = other;
        }

        public override Outcome Finish() => best is null ? new(0, 0, [], "no value") : Outcome.Of(work.Holds(best), $"{(work.Sign < 0 ? "least" : "greatest")} {texts.Value(best, 0)}");
    }

}
