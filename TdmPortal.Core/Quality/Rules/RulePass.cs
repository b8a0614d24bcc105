using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Looks at all rules of an entity that need nothing but its rows, as they go by once.</summary>
internal sealed class RulePass : RowPass
{
    private readonly EntityView view;
    private readonly IReadOnlyList<RuleState> rules;
    private readonly IReadOnlyDictionary<Expressions.Expression, ConditionBits> bits;
    private readonly WorkspacePool workspaces = new(0);

    /// <param name="bits">Conditions over relationships, worked out before.</param>
    public RulePass(EntityView view, IReadOnlyList<RuleState> rules, IReadOnlyDictionary<Expressions.Expression, ConditionBits>? bits = null)
    {
        (this.view, this.rules, this.bits) = (view, rules, bits ?? RuleBatch.NoBits);
        Columns = [.. rules.SelectMany(rule => rule.Fields).Concat(view.Key.Select(part => part.Field)).Select(field => view.Places[field]).Distinct().Order()];
    }

    public override IReadOnlyList<int> Columns { get; }

    /// <summary>Rows that went by.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether anything went by.</summary>
    public bool HasBegun { get; private set; }

    public override SegmentPass Begin()
    {
        HasBegun = true;
        return new Segment(this, workspaces.Rent());
    }

    public override void Take(SegmentPass segment)
    {
        var done = (Segment)segment;
        Rows += done.Rows;
        for (var i = 0; i < rules.Count; i++)
            rules[i].Take(done.Tallies[i], done.Faults[i]);
        workspaces.Return(done.Workspace);
    }

    private sealed class Segment(RulePass pass, Workspace workspace) : SegmentPass
    {
        private readonly RuleBatch batch = new(workspace);

        public Workspace Workspace => workspace;

        public Tally[] Tallies { get; } = [.. pass.rules.Select(rule => rule.Begin(RuleRun.TextsOf(pass.view, rule.Bound.Columns)))];

        public string?[] Faults { get; } = new string?[pass.rules.Count];

        public long Rows { get; private set; }

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            Rows += count;
            batch.Load(firstRow, columns, count, pass.view.Places, pass.bits);
            for (var i = 0; i < Tallies.Length; i++)
            {
                if (Faults[i] is null)
                    Look(i);
            }
        }

        private void Look(int rule)
        {
            var mark = workspace.Mark();
            try
            {
                batch.Look(pass.rules[rule].Bound.Where);
                Tallies[rule].Add(batch);
            }
            catch (Exception failure) when (RuleFault.IsOfRule(failure))
            {
                Faults[rule] = Place(rule, failure);
            }

            workspace.Release(mark);
        }

        /// <summary>Says in which row it failed: they are looked at one by one.</summary>
        private string Place(int rule, Exception failure)
        {
            var bound = pass.rules[rule].Bound;
            foreach (var condition in bound.Work.Conditions.Append(bound.Where).Where(one => one is not null && !pass.bits.ContainsKey(one)))
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    try
                    {
                        Evaluation.Of(condition!, batch.Rows.Part([row]));
                    }
                    catch (Exception one) when (RuleFault.IsOfRule(one))
                    {
                        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{RuleFault.Text(one)} in row {batch.FirstRow + row}");
                    }
                }
            }

            return RuleFault.Text(failure);
        }
    }
}
