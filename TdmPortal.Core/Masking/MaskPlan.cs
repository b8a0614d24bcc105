using TdmPortal.Core.Masking.Plans;

namespace TdmPortal.Core.Masking;

/// <summary>A policy made ready for the columns of a source. Immutable but for the maskers' preparation, which <see cref="MaskedSource.Prepare"/> does once.</summary>
public sealed class MaskPlan
{
    private readonly Dictionary<string, EntityMask> entities;

    internal MaskPlan(Dictionary<string, EntityMask> entities) => this.entities = entities;

    /// <summary>Whether some masker must see all rows before the first is masked.</summary>
    public bool NeedsPreparation => entities.Values.Any(entity => entity.Preparations.Count > 0);

    /// <summary>Makes a plan, or says what stands in the way.</summary>
    public static MaskPlanResult Compile(MaskInput input) => new MaskPlanner(input).Compile();

    /// <summary>What becomes of an entity's columns; null where all stay.</summary>
    internal EntityMask? Of(string entity) => entities.GetValueOrDefault(entity);
}
