using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas;

/// <summary>Begins schemas: as the author's draft, or as a copy under a free name. Lives as long as the circuit.</summary>
public sealed class NewSchemas(SchemaStore store)
{
    private const int MaxNames = 50;
    private IReadOnlyDictionary<string, ProposedGenerator> reasons = new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);

    /// <summary>Makes the document the author's draft of a new schema, and gives the draft that it replaced.</summary>
    public async Task<SchemaDraft?> BeginAsync(Actor actor, SchemaDocument document, IReadOnlyDictionary<string, ProposedGenerator>? why, CancellationToken cancellation)
    {
        var replaced = await store.FindDraftAsync(actor, null, cancellation);
        await store.SaveDraftAsync(actor, null, 0, SchemaWriter.Write(document), cancellation);
        reasons = why ?? new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);
        return replaced;
    }

    /// <summary>Why each field got its generator, once: the designer shows it after opening.</summary>
    public IReadOnlyDictionary<string, ProposedGenerator> TakeReasons()
    {
        var taken = reasons;
        reasons = new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);
        return taken;
    }

    /// <summary>Stores a document as a schema of the team's own, under its name or the first free one like it.</summary>
    public async Task<Guid> CopyAsync(Actor actor, SchemaDocument document, CancellationToken cancellation)
    {
        var taken = new List<string>();
        while (true)
        {
            var name = SchemaNames.Free(document.Name, taken);
            try
            {
                return await store.CreateAsync(actor, document with { Name = name }, $"Copied from {document.Name}", cancellation);
            }
            catch (ConflictException conflict) when (conflict.Code == "schema.name_taken" && taken.Count < MaxNames)
            {
                taken.Add(name);
            }
        }
    }
}
