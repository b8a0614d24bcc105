namespace TdmPortal.Web.Masking;

/// <summary>What was done and undone to a document since it was opened. Used on the circuit's dispatcher only.</summary>
public sealed class EditHistory<T>(T first)
    where T : class
{
    private const int Most = 200;
    private readonly LinkedList<(T Before, string Label, string? Key)> done = new();
    private readonly Stack<(T After, string Label)> undone = new();

    /// <summary>As it stands.</summary>
    public T Present { get; private set; } = first;
    public bool CanUndo => done.Count > 0;
    public bool CanRedo => undone.Count > 0;
    /// <summary>What the next undo takes back, in words.</summary>
    public string? UndoLabel => done.Last?.Value.Label;
    public string? RedoLabel => undone.TryPeek(out var step) ? step.Label : null;

    /// <param name="key">Edits in a row with the same key are one step: typing into one box.</param>
    public void Do(T next, string label, string? key = null)
    {
        if (ReferenceEquals(next, Present))
            return;
        if (key is null || done.Last?.Value.Key != key)
            done.AddLast((Present, label, key));
        if (done.Count > Most)
            done.RemoveFirst();
        undone.Clear();
        Present = next;
    }

    public void Undo()
    {
        if (done.Last is not { } last)
            return;
        done.RemoveLast();
        undone.Push((Present, last.Value.Label));
        Present = last.Value.Before;
    }

    public void Redo()
    {
        if (!undone.TryPop(out var step))
            return;
        done.AddLast((Present, step.Label, null));
        Present = step.After;
    }
}
