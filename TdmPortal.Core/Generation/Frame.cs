using System.Buffers;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Some rows of an entity, any rows in any order, whose columns are computed when they are first asked for; the rows of
/// parents are frames of their own. This is the whole engine: a file is frames over 0..n, a foreign key a look into the
/// parent's frame, a check's redraw a frame over the rows that failed.
/// </summary>
internal sealed partial class Frame : ExpressionRows
{
    private readonly Workspace workspace;
    private readonly Column?[] owned;
    private readonly Column?[] ready;
    private readonly Frame?[] parents;
    private readonly FieldFill[] fills;
    private readonly List<Frame> held = [];
    private long[] rows = [];
    private bool[] absent = [];
    private bool someAbsent;
    private CheckGroup? trial;
    private int attempt;
    private Frame? taken;

    public Frame(EntityNode entity, Workspace workspace)
    {
        (Entity, this.workspace) = (entity, workspace);
        owned = new Column?[entity.Fields.Length];
        ready = new Column?[entity.Fields.Length];
        parents = new Frame?[entity.Parents.Count];
        fills = [.. entity.Fields.Select(field => new FieldFill(this, field))];
    }

    public EntityNode Entity { get; }

    public override Workspace Workspace => workspace;

    /// <summary>Row numbers; 0 stands in where there is no row (a child without a parent): all fields are null there.</summary>
    public ReadOnlySpan<long> Rows => rows.AsSpan(0, Count);

    public void Load(ReadOnlySpan<long> wanted, CheckGroup? trialOf, int number)
    {
        Count = wanted.Length;
        (trial, attempt, taken) = (trialOf, number, null);
        if (rows.Length < Count)
            (rows, absent) = (new long[Count], new bool[Count]);
        wanted.CopyTo(rows);
        someAbsent = wanted.IndexOf(-1) >= 0;
        if (!someAbsent)
            return;
        for (var i = 0; i < Count; i++)
        {
            absent[i] = rows[i] < 0;
            if (absent[i])
                rows[i] = 0;
        }
    }

    public void Unload()
    {
        ready.AsSpan().Clear();
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] is { } parent)
                workspace.Return(parent);
            parents[i] = null;
        }

        foreach (var frame in held)
            workspace.Return(frame);
        held.Clear();
    }

    /// <summary>The values of a field; valid until the frame is unloaded.</summary>
    public override Column Get(int field)
    {
        if (ready[field] is { } column)
            return column;
        if (Entity.Fields[field].Group is { } group && group != trial)
        {
            Draw(group);
            return ready[field]!;
        }

        return ready[field] = Compute(Entity.Fields[field]);
    }

    /// <summary>The parents' rows over a relationship.</summary>
    public Frame Parent(LinkNode link)
    {
        if (parents[link.Index] is { } known)
            return known;
        var numbers = ArrayPool<long>.Shared.Rent(Count);
        ParentRows(link, numbers);
        var parent = workspace.Rent(link.Parent, numbers.AsSpan(0, Count));
        ArrayPool<long>.Shared.Return(numbers);
        return parents[link.Index] = parent;
    }

    public override Column OfParent(ParentValue value) => Parent(Evaluation.Link(this, value.Relationship)).Get(value.Index);

    public override Column OfChildren(Aggregate node) => Aggregation.Of(node, this);

    /// <summary>Some of the rows, drawn alike; lives as long as this frame.</summary>
    public override Frame Part(ReadOnlySpan<int> places)
    {
        var numbers = new long[places.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = IsAbsent(places[i]) ? -1 : rows[places[i]];
        var part = workspace.Rent(Entity, numbers, trial, attempt);
        held.Add(part);
        if (taken is not null)
            part.Take(taken);
        return part;
    }

    /// <summary>Whether there is no row at a place.</summary>
    public bool IsAbsent(int place) => someAbsent && absent[place];

    /// <summary>Throws when a check that can only be verified does not hold.</summary>
    public void Verify()
    {
        foreach (var check in Entity.Verified)
        {
            if (check.Only is not null)
            {
                var failed = new bool[Count];
                FailingOnly(check, failed, Places(check.Only));
                if (Array.IndexOf(failed, true) is >= 0 and var place)
                    throw Failed(check, place, "and no field that it names can be drawn again");
                continue;
            }

            var mark = workspace.Mark();
            var column = (LongColumn)Evaluation.Of(check.Condition, this);
            for (var i = 0; i < Count; i++)
            {
                if (!column.IsNull(i) && column.Values[i] == 0 && !IsAbsent(i))
                    throw Failed(check, i, "and no field that it names can be drawn again");
            }

            workspace.Release(mark);
        }
    }

    private void ParentRows(LinkNode link, Span<long> numbers)
    {
        link.Link.ParentsOf(Rows, numbers);
        if (!someAbsent)
            return;
        for (var i = 0; i < Count; i++)
        {
            if (absent[i])
                numbers[i] = -1;
        }
    }

    private Column Compute(FieldNode field)
    {
        // A key that a relationship fills is the parent's column itself, nulls included.
        if (field.FilledBy is { } link)
            return Parent(link).Get(field.ParentField);
        var definition = field.Definition;
        var column = owned[field.Index] ??= Column.For(definition.Type, definition.Precision ?? 18, definition.Array is not null);
        column.Reset(Count);
        try
        {
            if (field.Expression is { } expression)
            {
                var mark = workspace.Mark();
                Evaluation.Assign(Evaluation.Of(expression, this), column, expression.Type, definition);
                workspace.Release(mark);
            }
            else if (field.Within is { } within)
            {
                for (var i = 0; i < Count; i++)
                {
                    if (within.Link.IsOptional && within.Link.ParentOrNone(rows[i]) < 0)
                        column.SetNull(i);
                    else
                        Evaluation.Set(column, i, field.Start + (field.Step * within.Link.SeniorityOf(rows[i])));
                }
            }
            else
            {
                FillFrom(field, column);
            }
        }
        catch (Exception failure) when (failure is OverflowException or DivideByZeroException)
        {
            throw new PortalException("generation.expression_failed",
                $"{Entity.Definition.Name}.{field.Name}: {(failure is OverflowException ? "a value is out of range" : "division by zero")} in one of rows {rows[0]} to {rows[Count - 1]}.", failure)
            {
                SuggestedActions = ["Guard the expression with case when", "Narrow the values that it works on"],
            };
        }

        if (field.CutAt is { } length && column is TextColumn text)
            TextCut.Apply(text, length);
        SetNulls(field, column);
        return column;
    }

    private void FillFrom(FieldNode field, Column column)
    {
        var fill = fills[field.Index];
        var drawKey = DrawKey(field);
        fill.Key = drawKey;

        // In an array the rows that are filled are its elements.
        fill.Nulls = field.NullThreshold > 0 && field.Definition.Array is null ? fill.Draw(Rows) : null;
        if (field.Definition.Array is { } bounds)
            ArrayFill.Fill((ArrayColumn)column, field, Rows, fill, drawKey, bounds, workspace);
        else if (field.Composite is { } composite)
            FillComposite(field, composite, column, fill);
        else if (field.Correlated is { } correlated)
            FillCorrelated(field, correlated, column, fill);
        else if (field.Unique)
            field.Source!.FillUnique(column, Rows, fill);
        else
            field.Source!.Fill(column, Rows, fill);
    }

    private ulong DrawKey(FieldNode field) => attempt > 0 && field.Group == trial ? Randomness.Derive(field.Key, (ulong)attempt) : field.Key;

    private void FillCorrelated(FieldNode field, CorrelatedRanks correlated, Column column, FillContext fill)
    {
        var ranks = ArrayPool<ulong>.Shared.Rent(Count);
        correlated.Fill(Rows, ranks, DrawKey);
        field.Source!.FillRanks(column, ranks.AsSpan(0, Count), fill);
        ArrayPool<ulong>.Shared.Return(ranks);
    }

    private void FillComposite(FieldNode field, CompositeKey composite, Column column, FillContext fill)
    {
        var ranks = ArrayPool<UInt128>.Shared.Rent(Count);
        composite.Ranks(Rows, ranks);
        field.Source!.FillDistinct(column, ranks.AsSpan(0, Count), fill);
        ArrayPool<UInt128>.Shared.Return(ranks);
    }

    private void SetNulls(FieldNode field, Column column)
    {
        if (field.NullThreshold > 0)
            column.SetNulls(fills[field.Index].Nulls ?? fills[field.Index].Draw(Rows));

        if (field.When is { } condition)
        {
            var mark = workspace.Mark();
            var holds = (LongColumn)Evaluation.Of(condition, this);
            for (var i = 0; i < Count; i++)
            {
                if (holds.IsNull(i) || holds.Values[i] == 0)
                    column.SetNull(i);
            }

            workspace.Release(mark);
        }

        if (!someAbsent)
            return;
        for (var i = 0; i < Count; i++)
        {
            if (absent[i])
                column.SetNull(i);
        }
    }

    /// <summary>Draws the members of a group until its checks pass in every row.</summary>
    private void Draw(CheckGroup group)
    {
        var first = workspace.Rent(Entity, Wanted(), group);
        held.Add(first);
        var pending = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            if (!IsAbsent(i))
                pending.Add(i);
        }

        first.Failing(group, pending, keep: null);
        if (pending.Count == 0)
        {
            foreach (var member in group.Members)
                ready[member] = first.Get(member);
            return;
        }

        // Where each row's values come from: a frame of a later draw, and the place in it.
        var from = new (Frame Frame, int Place)[Count];
        for (var i = 0; i < Count; i++)
            from[i] = (first, i);
        for (var number = 1; pending.Count > 0; number++)
        {
            var asked = pending.ToArray();
            var draw = workspace.Rent(Entity, [.. asked.Select(place => rows[place])], group, number);
            var failing = Enumerable.Range(0, asked.Length).ToList();
            draw.Failing(group, failing, keep: place => from[asked[place]] = (draw, place));
            pending = [.. failing.Select(place => asked[place])];
            if (pending.Count == asked.Length)
                workspace.Return(draw);
            else
                held.Add(draw);
            if (number == CheckGroup.ScenarioTries && pending.Count > 0)
            {
                // A scenario may be rare among draws; what no scenario asks for is drawn as if there was none.
                var wanted = pending.Where(place => group.Checks.Exists(check => check.Only?.Contains(rows[place]) == true)).ToList();
                if (wanted.Count > 0)
                    pending = [.. pending.Except(wanted), .. FallBack(group, wanted, from)];
            }

            if (number == CheckGroup.MostTries && pending.Count > 0)
            {
                pending = FallBack(group, pending, from);
                if (pending.Count > 0)
                    throw Failed(group, pending[0]);
            }
        }

        foreach (var member in group.Members)
        {
            var definition = Entity.Fields[member].Definition;
            var column = owned[member] ??= Column.For(definition.Type, definition.Precision ?? 18, definition.Array is not null);
            column.Reset(Count);
            for (var i = 0; i < Count; i++)
                column.Take(i, from[i].Frame.Get(member), from[i].Place);
            ready[member] = column;
        }
    }

    /// <summary>Gives the rows that no draw helps a combination that passes elsewhere and passes in them as well.</summary>
    /// <returns>Those that none fits.</returns>
    private List<int> FallBack(CheckGroup group, List<int> pending, (Frame Frame, int Place)[] from)
    {
        foreach (var (row, number) in group.Fallbacks)
        {
            var asked = pending.ToArray();
            var source = workspace.Rent(Entity, [row], group, number);
            var taking = workspace.Rent(Entity, [.. asked.Select(place => rows[place])], group);
            held.Add(source);
            held.Add(taking);
            taking.Take(source);
            var failing = Enumerable.Range(0, asked.Length).ToList();
            taking.Failing(group, failing, keep: place => from[asked[place]] = (taking, place));
            pending = [.. failing.Select(place => asked[place])];
            if (pending.Count == 0)
                break;
        }

        return pending;
    }

    /// <summary>Has the members of the group on trial as another frame's first row has them, in all rows.</summary>
    public void Take(Frame source)
    {
        taken = source;
        foreach (var member in trial!.Members)
        {
            var definition = Entity.Fields[member].Definition;
            var column = owned[member] ??= Column.For(definition.Type, definition.Precision ?? 18, definition.Array is not null);
            column.Reset(Count);
            for (var i = 0; i < Count; i++)
                column.Take(i, source.Get(member), 0);
            ready[member] = column;
        }
    }

    /// <summary>Takes the places whose rows pass all checks off the list.</summary>
    /// <param name="forced">A scenario that all rows have to meet here, not only its own.</param>
    public void Failing(CheckGroup group, List<int> places, Action<int>? keep, CheckNode? forced = null)
    {
        var failed = new bool[Count];
        foreach (var check in group.Checks)
        {
            if (check.Only is { } only)
            {
                FailingOnly(check, failed, check.Definition.Name == forced?.Definition.Name ? [.. Enumerable.Range(0, Count)] : Places(only));
                continue;
            }

            var mark = workspace.Mark();
            var holds = (LongColumn)Evaluation.Of(check.Condition, this);
            for (var i = 0; i < Count; i++)
                failed[i] |= !holds.IsNull(i) && holds.Values[i] == 0;
            workspace.Release(mark);
        }

        places.RemoveAll(place =>
        {
            if (failed[place])
                return false;
            keep?.Invoke(place);
            return true;
        });
    }

    /// <summary>The places of the rows that a scenario asks something of: few, so that most frames look at none.</summary>
    private int[] Places(IReadOnlySet<long> only)
    {
        List<int>? places = null;
        for (var i = 0; i < Count; i++)
        {
            if (only.Contains(rows[i]) && !IsAbsent(i))
                (places ??= []).Add(i);
        }

        return places is null ? [] : [.. places];
    }

    private void FailingOnly(CheckNode check, bool[] failed, int[] places)
    {
        if (places.Length == 0)
            return;
        // A frame of their own: what the condition works out for other rows may not even be defined.
        var part = places.Length == Count ? this : Part(places);
        var mark = workspace.Mark();
        var holds = (LongColumn)Evaluation.Of(check.Condition, part);
        for (var i = 0; i < places.Length; i++)
            failed[places[i]] |= holds.IsNull(i) || holds.Values[i] == 0;
        workspace.Release(mark);
    }

    /// <summary>What is said of a row that neither draws nor another row's combination help.</summary>
    public PortalException Failed(CheckGroup group, int place) =>
        Failed(group.Checks[0], place, $"and {CheckGroup.MostTries} draws of {string.Join(", ", group.Members.Select(member => Entity.Fields[member].Name))} did not change that");

    private long[] Wanted() => [.. Enumerable.Range(0, Count).Select(i => IsAbsent(i) ? -1 : rows[i])];

    private PortalException Failed(CheckNode check, int place, string why) => new("generation.check_failed",
        $"{Entity.Definition.Name}, row {rows[place]}: the check {check.Definition.Name} ({check.Definition.Check}) does not hold, {why}.")
    {
        SuggestedActions = ["Change the check or the arguments of the generators that it depends on"],
    };
}
