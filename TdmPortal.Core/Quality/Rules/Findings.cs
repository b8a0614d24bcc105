namespace TdmPortal.Core.Quality.Rules;

/// <summary>Gathers what a rule finds when the rows of its entity are read several times, a part of them each time.</summary>
internal sealed class Findings(WholeRun run, BoundRule rule)
{
    private readonly EntityView view = run.View(rule.Entity);
    private readonly List<FailingRow> rows = [];
    private long evaluated;
    private long failing;

    /// <summary>Says of a row by the hash of its key whether it passes.</summary>
    public delegate byte Judge(RuleBatch batch, UInt128 hash, bool isNull, int row);

    /// <summary>Reads the rows that the rule looks at.</summary>
    public void Read(IReadOnlyList<int> key, Judge judge, params IEnumerable<int> further)
    {
        var texts = RuleRun.TextsOf(view, rule.Columns);
        var kept = 0;
        UInt128[] hashes = [];
        bool[] isNull = [];
        run.Read(rule, key.Concat(rule.Columns).Concat(further).Concat(view.Key.Select(part => part.Field)), batch =>
        {
            if (hashes.Length < batch.Count)
                (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
            KeyHash.Fill(batch, key, hashes, isNull);
            for (var i = 0; i < batch.Count; i++)
            {
                var verdict = batch.Looks(i) ? judge(batch, hashes[i], isNull[i], i) : Verdict.None;
                evaluated += verdict == Verdict.None ? 0 : 1;
                if (verdict != Verdict.Fails)
                    continue;
                failing++;
                if (kept++ < RuleResult.MostRows)
                    rows.Add(texts.Of(batch, i));
            }
        });
    }

    public Outcome Finish() => new(evaluated, failing, [.. rows.OrderBy(row => row.Row).Take(RuleResult.MostRows)]);
}
