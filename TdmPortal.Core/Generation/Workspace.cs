namespace TdmPortal.Core.Generation;

/// <summary>What one thread needs to run a plan: frames and columns, used again and again.</summary>
internal sealed class Workspace(int entities)
{
    private readonly Stack<Frame>[] free = [.. Enumerable.Range(0, entities).Select(_ => new Stack<Frame>())];
    private readonly Scratch<LongColumn> longs = new();
    private readonly Scratch<WideColumn> wides = new();
    private readonly Scratch<DoubleColumn> doubles = new();
    private readonly Scratch<TextColumn> texts = new();

    /// <summary>A frame over rows of an entity; give it back with <see cref="Return"/>.</summary>
    public Frame Rent(EntityNode entity, ReadOnlySpan<long> rows, CheckGroup? trial = null, int attempt = 0)
    {
        var frame = free[entity.Index].TryPop(out var used) ? used : new Frame(entity, this);
        frame.Load(rows, trial, attempt);
        return frame;
    }

    public void Return(Frame frame)
    {
        frame.Unload();
        free[frame.Entity.Index].Push(frame);
    }

    public LongColumn Long(int count) => longs.Take(count);

    public WideColumn Wide(int count) => wides.Take(count);

    public DoubleColumn Double(int count) => doubles.Take(count);

    public TextColumn Text(int count) => texts.Take(count);

    /// <summary>Which scratch columns are in use.</summary>
    public (int Longs, int Wides, int Doubles, int Texts) Mark() => (longs.Used, wides.Used, doubles.Used, texts.Used);

    /// <summary>Frees the scratch columns taken since the mark.</summary>
    public void Release((int Longs, int Wides, int Doubles, int Texts) mark) =>
        (longs.Used, wides.Used, doubles.Used, texts.Used) = mark;

    private sealed class Scratch<T>
        where T : Column, new()
    {
        private readonly List<T> columns = [];

        public int Used { get; set; }

        public T Take(int count)
        {
            if (Used == columns.Count)
                columns.Add(new());
            var column = columns[Used++];
            column.Reset(count);
            return column;
        }
    }
}
