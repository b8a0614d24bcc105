using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>
/// Compiles the document and makes the rows that the author looks at, off the circuit's thread. Only the newest request
/// counts: a request waits until typing pauses, replaces one that waits, and cancels one that runs.
/// </summary>
public sealed class LivePreview(TimeProvider time, DateTimeOffset asOf) : IAsyncDisposable
{
    /// <summary>Rows of a window.</summary>
    public const int WindowRows = 20;
    private const int FigureRows = 1000;
    private const int MaxPruning = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly Lock gate = new();
    private CancellationTokenSource? current;
    private Task running = Task.CompletedTask;
    private (SchemaDocument Document, long Seed, Compiled Result)? compiled;
    private int number;

    /// <summary>Raised on a pool thread with each finished result.</summary>
    public event Action<PreviewState>? Updated;

    /// <summary>Raised on a pool thread when making a preview itself failed, which is a fault of the program.</summary>
    public event Action<Exception>? Failed;

    public PreviewState State { get; private set; } = PreviewState.Empty;

    public void Request(PreviewRequest request, bool atOnce = false)
    {
        lock (gate)
        {
            current?.Cancel();
            current?.Dispose();
            current = new();
            var cancellation = current.Token;
            var before = running;
            running = Task.Run(() => RunAsync(before, request, atOnce, cancellation), CancellationToken.None);
        }
    }

    /// <summary>Ends when what was asked last is done.</summary>
    public Task SettledAsync()
    {
        lock (gate)
            return running;
    }

    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            current?.Cancel();
            last = running;
        }

        await last;
        current?.Dispose();
    }

    private async Task RunAsync(Task before, PreviewRequest request, bool atOnce, CancellationToken cancellation)
    {
        // One at a time: compiling cannot be interrupted, and two at once would only slow each other.
        await before;
        try
        {
            if (!atOnce)
                await Task.Delay(Pause, time, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var next = Make(request, cancellation);
            cancellation.ThrowIfCancellationRequested();
            State = next;
            Updated?.Invoke(next);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer request is behind this one.
        }
        catch (Exception failure)
        {
            Failed?.Invoke(failure);
        }
    }

    private PreviewState Make(PreviewRequest request, CancellationToken cancellation)
    {
        if (compiled is not { } last || !ReferenceEquals(last.Document, request.Document) || last.Seed != request.Seed)
            compiled = last = (request.Document, request.Seed, Compile(request, cancellation));
        var (problems, plan) = last.Result;
        var state = new PreviewState { Number = ++number, Document = request.Document, Problems = problems, Plan = plan, Entity = request.Entity };
        if (plan?.Entities.FirstOrDefault(e => e.Name == request.Entity) is not { } entity)
            return state;

        var first = Math.Clamp(request.FirstRow, 0, Math.Max(0, entity.Rows - 1));
        var rows = plan.Preview(entity, first, (int)Math.Min(WindowRows, entity.Rows - first), cancellation);
        var shown = rows.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return state with
        {
            Rows = rows,
            Changed = Differences(State, request.Entity, rows),
            Figures = ColumnFigures.Of(plan.Preview(entity, 0, (int)Math.Min(FigureRows, entity.Rows), cancellation)),
            LeftOut = [.. request.Document.Entity(request.Entity)!.Fields.Select(f => f.Name).Where(f => !shown.Contains(f))],
        };
    }

    private Compiled Compile(PreviewRequest request, CancellationToken cancellation)
    {
        var options = new GenerationOptions { Seed = request.Seed, AsOf = asOf };
        var result = GenerationPlan.Compile(request.Document, options);
        var problems = new ProblemIndex(request.Document, result.Problems);
        var (document, found) = (request.Document, problems);
        for (var round = 0; result.Plan is null && round < MaxPruning; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (PreviewableDocument.Without(document, found) is not { } rest)
                break;
            document = rest;
            result = GenerationPlan.Compile(rest, options);
            found = new(rest, result.Problems);
        }

        return new(problems, result.Plan);
    }

    private static HashSet<(long Row, string Column)> Differences(PreviewState before, string? entity, PreviewRows rows)
    {
        var changed = new HashSet<(long, string)>();
        // Another window or entity is news as a whole: nothing flashes.
        if (before.Rows is not { } old || before.Entity != entity || old.FirstRow != rows.FirstRow)
            return changed;
        var places = old.Columns.Select((column, at) => (column.Name, at)).ToDictionary(p => p.Name, p => p.at, StringComparer.Ordinal);
        for (var r = 0; r < rows.Cells.Count; r++)
        {
            for (var c = 0; c < rows.Columns.Count; c++)
            {
                var name = rows.Columns[c].Name;
                if (!places.TryGetValue(name, out var at) || r >= old.Cells.Count || old.Cells[r][at] != rows.Cells[r][c])
                    changed.Add((rows.RowNumbers[r], name));
            }
        }

        return changed;
    }

    private sealed record Compiled(ProblemIndex Problems, GenerationPlan? Plan);
}
