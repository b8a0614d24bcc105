using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Fields whose values go together.</summary>
internal sealed partial class PlanCompiler
{
    private void Correlate()
    {
        foreach (var entity in entities)
        {
            for (var i = 0; i < entity.Definition.Correlations.Count; i++)
                Correlate(entity, entity.Definition.Correlations[i], $"entities[{entity.Index}].correlations[{i}]");
        }
    }

    private void Correlate(EntityNode entity, CorrelationDefinition correlation, string path)
    {
        FieldNode[] fields = [.. correlation.Fields.Select(name => entity.Fields[entity.FieldIndex(name)])];
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            if (field.Unique || Keys(entity).Any(key => key.Contains(field.Name, StringComparer.Ordinal)))
                Add($"{path}.fields[{i}]", "schema.correlation", $"{Name(entity, field)} belongs to a key, so its values follow from that and not from other fields", "Take it out of the correlation");
            else if (field.Source is not { HasOrder: true })
                Add($"{path}.fields[{i}]", "schema.correlation", $"{Name(entity, field)}: values of {field.Definition.Generator} have no order, so they cannot rise and fall with those of other fields", "Take it out of the correlation", "Use a generator of numbers or dates, boolean, or choice with its values in order");
        }

        var factor = CorrelationMatrix.Factor(correlation)!;
        for (var i = 0; i < fields.Length; i++)
            fields[i].Correlated = new([.. fields[..(i + 1)]], factor[i]);
    }
}
