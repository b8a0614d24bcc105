using TdmPortal.Core.Errors;

namespace TdmPortal.Core.Generation;

/// <summary>Combinations for the rows that no draw helps, found before row 1, or the document is refused.</summary>
internal sealed partial class PlanCompiler
{
    /// <summary>Rows whose draws are looked at, and draws of all of them together.</summary>
    private const int FallbackRows = 64;
    private const int FallbackDraws = 2048;

    /// <summary>Rows that no combination fits which are drawn as often as generation would.</summary>
    private const int MostDrawn = 4;

    private void FindFallbacks(Workspace workspace, EntityNode entity, CheckGroup group)
    {
        try
        {
            group.Fallbacks = PassingDraws(workspace, entity, group, [.. Enumerable.Range(0, (int)Math.Min(entity.Rows, FallbackRows)).Select(row => (long)row)]);
            foreach (var scenario in group.Checks.Where(check => check.Only is not null).DistinctBy(check => check.Definition.Name).ToList())
                group.Fallbacks = [.. group.Fallbacks, .. ScenarioDraws(workspace, entity, group, scenario)];
            Prove(workspace, entity, group, Spread(entity, FewSamples));
        }
        catch (PortalException failure)
        {
            AddFailed(group, failure);
        }
    }

    /// <summary>Draws that pass, two of a row at most, those of the first rows first: of an entity's first rows, more rows of it change nothing.</summary>
    private static List<(long Row, int Attempt)> PassingDraws(Workspace workspace, EntityNode entity, CheckGroup group, long[] rows)
    {
        var found = new List<int>[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            found[i] = [];
        for (var number = 0; number < FallbackDraws / rows.Length && found.TakeWhile(draws => draws.Count >= 2).Count() * 2 < CheckGroup.MostFallbacks; number++)
        {
            var frame = workspace.Rent(entity, rows, group, number);
            frame.Failing(group, [.. Enumerable.Range(0, rows.Length)], place => found[place].Add(number));
            workspace.Return(frame);
        }

        return [.. found.SelectMany((draws, i) => draws.Take(2).Select(number => (rows[i], number))).Take(CheckGroup.MostFallbacks)];
    }

    /// <summary>Of rows from the first to the last, those that no combination fits are drawn as generation would draw them.</summary>
    private static void Prove(Workspace workspace, EntityNode entity, CheckGroup group, long[] rows)
    {
        foreach (var (row, number) in group.Fallbacks)
        {
            var source = workspace.Rent(entity, [row], group, number);
            var taking = workspace.Rent(entity, rows, group);
            taking.Take(source);
            var left = Enumerable.Range(0, rows.Length).ToList();
            taking.Failing(group, left, keep: null);
            rows = [.. left.Select(place => rows[place])];
            workspace.Return(taking);
            workspace.Return(source);
            if (rows.Length == 0)
                return;
        }

        rows = rows[..Math.Min(rows.Length, MostDrawn)];
        for (var number = 0; number <= CheckGroup.MostTries && rows.Length > 0; number++)
        {
            var frame = workspace.Rent(entity, rows, group, number);
            var left = Enumerable.Range(0, rows.Length).ToList();
            frame.Failing(group, left, keep: null);
            if (number == CheckGroup.MostTries && left.Count > 0)
                throw frame.Failed(group, left[0]);
            rows = [.. left.Select(place => rows[place])];
            workspace.Return(frame);
        }
    }

    /// <summary>So many rows from the first to the last.</summary>
    private static long[] Spread(EntityNode entity, int most)
    {
        var rows = new long[(int)Math.Min(entity.Rows, most)];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = rows.Length == 1 ? 0 : (long)((Int128)i * (entity.Rows - 1) / (rows.Length - 1));
        return rows;
    }
}
