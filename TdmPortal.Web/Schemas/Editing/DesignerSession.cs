using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>
/// One author's work on one schema, from opening the page to leaving it: the document, what was done and undone, and
/// where the author stands. Every edit goes through <see cref="Apply"/>, so every edit can be undone. It knows neither
/// storage nor rendering: both listen to <see cref="Changed"/>. Used on the circuit's dispatcher only.
/// </summary>
public sealed class DesignerSession
{
    private readonly Stack<Step> done = new();
    private readonly Stack<Step> undone = new();
    private DesignerState state;
    private byte[]? savedBytes;

    public DesignerSession(SchemaDocument document, SchemaDocument? saved, int baseVersion, bool readOnly = false)
    {
        state = new(document, document.Entities.Count > 0 ? document.Entities[0].Name : null, []);
        Saved = saved;
        BaseVersion = baseVersion;
        ReadOnly = readOnly;
    }

    /// <summary>Raised after each change of the document or of the selection; the argument says whether the document changed.</summary>
    public event Action<bool>? Changed;

    public SchemaDocument Document => state.Document;
    /// <summary>The version that the edit is based on; null for a schema that was never saved.</summary>
    public SchemaDocument? Saved { get; private set; }
    /// <summary>Number of that version, 0 for a schema that was never saved.</summary>
    public int BaseVersion { get; private set; }
    public bool ReadOnly { get; }
    public bool CanUndo => done.Count > 0;
    public bool CanRedo => undone.Count > 0;
    /// <summary>What the next undo takes back, in words.</summary>
    public string? UndoLabel => done.TryPeek(out var step) ? step.Label : null;
    public string? RedoLabel => undone.TryPeek(out var step) ? step.Label : null;

    /// <summary>The entity that is open; null when the document has none.</summary>
    public EntityDefinition? Entity => Document.Entities.FirstOrDefault(entity => entity.Name == state.Entity);
    public IReadOnlyList<string> SelectedFields => state.Fields;
    /// <summary>The one selected field, null when there is none or more than one.</summary>
    public FieldDefinition? SelectedField => state.Fields.Count == 1 ? Entity?.Field(state.Fields[0]) : null;

    /// <summary>Whether the document says something else than the version it is based on.</summary>
    public bool IsDirty
    {
        get
        {
            if (ReferenceEquals(Document, Saved))
                return false;
            if (Saved is null)
                return true;
            savedBytes ??= SchemaWriter.Write(Saved);
            return !SchemaWriter.Write(Document).AsSpan().SequenceEqual(savedBytes);
        }
    }

    /// <summary>Makes an edit that can be undone. An edit that changes nothing leaves no trace.</summary>
    /// <param name="label">What it does, for the undo button: "Rename field".</param>
    /// <param name="edit">From the document to the next one.</param>
    /// <param name="key">Edits in a row with the same key are one step of undo: typing into one box of a form.</param>
    /// <param name="select">Fields to stand on afterwards; null: keep what still exists.</param>
    /// <param name="entity">Entity to open afterwards; null: keep.</param>
    public void Apply(string label, Func<SchemaDocument, SchemaDocument> edit, string? key = null, IReadOnlyList<string>? select = null, string? entity = null)
    {
        if (ReadOnly)
            return;
        var before = state;
        var document = edit(before.Document);
        if (ReferenceEquals(document, before.Document))
            return;

        state = Settle(new(document, entity ?? before.Entity, select ?? before.Fields), before);
        if (key is null || !done.TryPeek(out var last) || last.Key != key)
            done.Push(new(label, before, key));
        undone.Clear();
        Changed?.Invoke(true);
    }

    public void Undo()
    {
        if (!done.TryPop(out var step))
            return;
        undone.Push(new(step.Label, state, null));
        state = step.Other;
        Changed?.Invoke(true);
    }

    public void Redo()
    {
        if (!undone.TryPop(out var step))
            return;
        done.Push(new(step.Label, state, null));
        state = step.Other;
        Changed?.Invoke(true);
    }

    public void Open(string entity, IReadOnlyList<string>? fields = null)
    {
        var next = Settle(new(Document, entity, fields ?? (entity == state.Entity ? state.Fields : [])), state);
        if (next.Entity == state.Entity && next.Fields.SequenceEqual(state.Fields))
            return;
        EndTyping();
        state = next;
        Changed?.Invoke(false);
    }

    public void Select(IReadOnlyList<string> fields)
    {
        if (state.Entity is not null)
            Open(state.Entity, fields);
    }

    /// <summary>Says that the document as it was given to storage is now a version of its own; undo still reaches back.</summary>
    public void MarkSaved(SchemaDocument saved, int version)
    {
        Saved = saved;
        savedBytes = null;
        BaseVersion = version;
        EndTyping();
        Changed?.Invoke(false);
    }

    /// <summary>Drops all steps and starts from the saved version again.</summary>
    public void Restart(SchemaDocument document, SchemaDocument? saved, int version)
    {
        done.Clear();
        undone.Clear();
        Saved = saved;
        savedBytes = null;
        BaseVersion = version;
        state = Settle(new(document, state.Entity, []), state);
        Changed?.Invoke(true);
    }

    /// <summary>The next edit under the same key is a step of its own.</summary>
    private void EndTyping()
    {
        if (done.TryPop(out var last))
            done.Push(last with { Key = null });
    }

    /// <summary>Keeps entity and fields pointing at what exists.</summary>
    private static DesignerState Settle(DesignerState next, DesignerState before)
    {
        var entities = next.Document.Entities;
        var entity = entities.FirstOrDefault(e => e.Name == next.Entity);
        if (entity is null && entities.Count > 0)
        {
            // The open entity went: its neighbour takes its place.
            var at = before.Document.Entities.TakeWhile(e => e.Name != before.Entity).Count();
            entity = entities[Math.Min(at, entities.Count - 1)];
        }

        if (entity is null)
            return next with { Entity = null, Fields = [] };
        var wanted = next.Fields.ToHashSet(StringComparer.Ordinal);
        return next with { Entity = entity.Name, Fields = [.. entity.Fields.Where(f => wanted.Contains(f.Name)).Select(f => f.Name)] };
    }

    private sealed record Step(string Label, DesignerState Other, string? Key);
}
