using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>
/// Looks whether rows keep rules: most of them while the rows go by once (<see cref="PassOf"/>), keys, relationships and the
/// like when they have gone by (<see cref="Complete"/>). The same rows and rules give the same results for any number of
/// threads. A rule that cannot be looked at says so and does not disturb the others.
/// </summary>
public sealed class RuleRun
{
    private readonly SchemaIndex index;
    private readonly QualityRules rules;
    private readonly EntityView?[] views;
    private readonly RulePass?[] passes;
    private readonly RuleState?[] states;
    private readonly RuleState?[] scenarios;
    private readonly string?[] faults;
    private readonly string?[] scenarioFaults;

    /// <summary>Reads the rules; those that are not <see cref="QualityRule.Enabled"/> are left out.</summary>
    /// <param name="entities">What the source has of the document.</param>
    /// <param name="asOf">What <c>now</c> is in rules: of a generated version, the instant that it was generated for.</param>
    public RuleRun(SchemaDocument document, IReadOnlyList<SourceEntity> entities, QualityRules rules, DateTimeOffset asOf)
    {
        this.rules = rules = rules with { Rules = [.. rules.Rules.Where(rule => rule.Enabled)] };
        index = new(document);
        views = [.. document.Entities.Select((entity, i) => entities.FirstOrDefault(one => one.Name == entity.Name) is { } source ? new EntityView(i, entity, source) : null)];
        var micros = (asOf.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        (states, faults) = (new RuleState?[rules.Rules.Count], new string?[rules.Rules.Count]);
        for (var i = 0; i < states.Length; i++)
        {
            var problems = new ProblemList();
            states[i] = State(RuleBinding.Bind(index, rules.Rules[i], "", micros, problems), problems, out faults[i]);
        }

        (scenarios, scenarioFaults) = (new RuleState?[rules.Scenarios.Count], new string?[rules.Scenarios.Count]);
        for (var i = 0; i < scenarios.Length; i++)
        {
            var problems = new ProblemList();
            scenarios[i] = State(RuleBinding.Scenario(index, rules.Scenarios[i], problems), problems, out scenarioFaults[i]);
        }

        passes = [.. views.Select((view, i) => view is not null && All.Where(state => state.Bound.Entity == i && state.GoesBy).ToList() is { Count: > 0 } mine ? new RulePass(view, mine) : null)];
    }

    private IEnumerable<RuleState> All => states.Concat(scenarios).OfType<RuleState>();

    /// <summary>How many keys are held at once; more are looked at in parts.</summary>
    internal int MostKeys { get; init; } = KeyMap.Most;

    /// <summary>What looks at the rows of an entity as they go by; null where no rule needs that. One that nobody runs is run by <see cref="Complete"/>.</summary>
    public RowPass? PassOf(string entity) => index.Entity(entity) is { } place ? passes[place] : null;

    /// <summary>Looks at what rows that go by do not tell, and gives all results in the order of the set.</summary>
    /// <param name="progress">Called now and then with the number of rows read so far, those that are read again included.</param>
    public (IReadOnlyList<RuleResult> Rules, IReadOnlyList<ScenarioResult> Scenarios) Complete(RowSource source, Action<long>? progress, CancellationToken cancellation)
    {
        var counted = views.Select((view, i) => passes[i] is { HasBegun: true } pass ? pass.Rows : view?.Source.Rows).ToArray();
        var run = new WholeRun(index, source, views, counted, MostKeys, progress, cancellation);
        for (var entity = 0; entity < views.Length; entity++)
            GoBy(run, entity);
        foreach (var state in All.Where(state => state is { Outcome: null, Fault: null }))
            state.Run(run);
        return ([.. rules.Rules.Select((rule, i) => WithUnread(source, states[i], Result(rule, states[i], faults[i])))], [.. rules.Scenarios.Select((scenario, i) => Result(scenario, scenarios[i], scenarioFaults[i]))]);
    }

    /// <summary>How failing rows of an entity are written down.</summary>
    internal static RuleTexts TextsOf(EntityView view, IReadOnlyList<int> columns) => new(view.Key, [.. columns.Select(field => (field, view.Column(field)))]);

    /// <summary>Lets the rows of an entity go by: for the pass that nobody ran, and for rules with conditions over relationships.</summary>
    private void GoBy(WholeRun run, int entity)
    {
        if (views[entity] is not { } view)
            return;
        if (passes[entity] is { HasBegun: false } unused)
            Run(run, view, unused, All.Where(state => state.Bound.Entity == entity && state.GoesBy).ToList());
        List<RuleState> related = [];
        foreach (var state in All.Where(state => state.Bound.Entity == entity && state.Bound.Work is RowWork && state.Related.Count > 0))
        {
            try
            {
                foreach (var condition in state.Related)
                    run.Relate(entity, condition);
                related.Add(state);
            }
            catch (Exception failure) when (RuleFault.IsOfRule(failure))
            {
                state.Fault = RuleFault.Text(failure);
            }
        }

        if (related.Count > 0)
            Run(run, view, new(view, related, run.Bits), related);
        foreach (var state in All.Where(state => state.Bound.Entity == entity))
            state.Finish(TextsOf(view, state.Bound.Columns));
    }

    private static void Run(WholeRun run, EntityView view, RulePass pass, List<RuleState> mine)
    {
        // In segments as a driver with threads has them, so that figures that are rounded come out the same.
        var segment = pass.Begin();
        run.Read(view.Index, mine.SelectMany(state => state.Fields).Concat(view.Key.Select(part => part.Field)), batch =>
        {
            if (batch.FirstRow > 0 && batch.FirstRow % RowPass.SegmentRows == 0)
            {
                pass.Take(segment);
                segment = pass.Begin();
            }

            segment.Add(batch.FirstRow, batch.Rows.Columns, batch.Count);
        });
        pass.Take(segment);
    }

    /// <summary>Cells of files that could not be read came as null: they fail the rule of their type and no other.</summary>
    private RuleResult WithUnread(RowSource source, RuleState? state, RuleResult result)
    {
        if (state is null || result.NotChecked is not null || result.Rule.Check is not ("type" or "not_null") || views[state.Bound.Entity] is not { } view
            || source.UnreadOf(view.Source, view.Places[state.Bound.Columns[0]]) is not { Count: > 0 } unread)
        {
            return result;
        }

        if (result.Rule.Check == "not_null")
        {
            var rows = unread.Rows.Select(cell => cell.Row).ToHashSet();
            return result.Rule.Where is not null ? result : result with { Failing = Math.Max(0, result.Failing - unread.Count), Rows = [.. result.Rows.Where(row => !rows.Contains(row.Row))] };
        }

        var failing = unread.Rows.Select(cell => new FailingRow(cell.Row, cell.Place, [cell.Text]));
        return result with { Evaluated = result.Evaluated + unread.Count, Failing = result.Failing + unread.Count, Rows = [.. result.Rows.Concat(failing).OrderBy(row => row.Row).Take(RuleResult.MostRows)] };
    }

    private RuleState? State(BoundRule? bound, ProblemList problems, out string? fault)
    {
        fault = problems.ToList().Select(problem => problem.Message).FirstOrDefault();
        if (bound is null)
            return null;
        if (views[bound.Entity] is not { } view)
        {
            fault = $"the data has no {index.Document.Entities[bound.Entity].Name}";
            return null;
        }

        var state = new RuleState(bound, view);
        fault = view.FaultOf(state.Fields);
        return fault is null ? state : null;
    }

    private static RuleResult Result(QualityRule rule, RuleState? state, string? fault) => state?.Outcome is { } outcome && state.Fault is null
        ? new() { Rule = rule, Evaluated = outcome.Evaluated, Failing = outcome.Failing, Observed = outcome.Observed, Rows = outcome.Rows }
        : new() { Rule = rule, Evaluated = 0, Failing = 0, NotChecked = state?.Fault ?? fault ?? "it could not be looked at" };

    private static ScenarioResult Result(Scenario scenario, RuleState? state, string? fault) => state?.Outcome is { } outcome && state.Fault is null
        ? new(scenario, outcome.Failing, outcome.Rows)
        : new(scenario, 0, [], state?.Fault ?? fault ?? "it could not be looked at");
}
