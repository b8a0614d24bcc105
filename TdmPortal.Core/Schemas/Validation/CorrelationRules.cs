using System.Globalization;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>An entity's correlations: fields that can have one, and a matrix that numbers can have.</summary>
internal static class CorrelationRules
{
    private const int MostFields = 100;

    public static void Check(ValidationContext context, int index)
    {
        var entity = context.Document.Entities[index];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entity.Correlations.Count; i++)
            Check(context, index, entity.Correlations[i], $"entities[{index}].correlations[{i}]", seen);
    }

    private static void Check(ValidationContext context, int index, CorrelationDefinition correlation, string path, HashSet<string> seen)
    {
        var (entity, problems) = (context.Document.Entities[index], context.Problems);
        var name = ValidationContext.Shown(entity.Name);
        if (correlation.Fields.Count is < 2 or > MostFields)
        {
            problems.Error($"{path}.fields", "schema.correlation", $"{name}: {correlation.Fields.Count} fields cannot go together; a correlation has 2 to {MostFields}.", "Name the fields", "Remove the correlation");
            return;
        }

        for (var i = 0; i < correlation.Fields.Count; i++)
        {
            var place = $"{path}.fields[{i}]";
            if (context.Index.Field(index, correlation.Fields[i]) is not { } at)
            {
                var nearest = NearestName.Find(correlation.Fields[i], entity.Fields.Select(one => one.Name));
                problems.Error(place, "schema.correlation", $"{name}: a correlation names {ValidationContext.Shown(correlation.Fields[i])}, which is no field of it.", nearest is null ? "Name one of its fields" : $"Write {nearest}");
            }
            else if (!seen.Add(correlation.Fields[i]))
            {
                problems.Error(place, "schema.correlation", $"{name}.{correlation.Fields[i]} is in two correlations, or twice in one.", "Put all fields that go together into one correlation");
            }
            else if (entity.Fields[at].Array is not null || entity.Fields[at].Generator is null)
            {
                problems.Error(place, "schema.correlation", $"{name}.{correlation.Fields[i]} is {(entity.Fields[at].Array is null ? "filled by a relationship" : "a list")}, which goes together with nothing.", "Take it out of the correlation");
            }
        }

        if (Fault(correlation) is { } fault)
            problems.Error($"{path}.matrix", "schema.correlation", $"{name}: {fault}.", "Correct the matrix");
    }

    private static string? Fault(CorrelationDefinition correlation)
    {
        var (matrix, size) = (correlation.Matrix, correlation.Fields.Count);
        if (matrix.Count != size || matrix.Any(row => row.Count != size))
            return $"the matrix must have {size} rows of {size} numbers, one for each field";
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                if (i == j ? matrix[i][j] != 1 : !(Math.Abs(matrix[i][j]) <= 1))
                    return string.Create(CultureInfo.InvariantCulture, $"{correlation.Fields[i]} and {correlation.Fields[j]} have the correlation {matrix[i][j]}; it must be {(i == j ? "1, a field with itself" : "from -1 to 1")}");
                if (matrix[i][j] != matrix[j][i])
                    return string.Create(CultureInfo.InvariantCulture, $"{correlation.Fields[i]} and {correlation.Fields[j]} have two correlations, {matrix[i][j]} and {matrix[j][i]}");
            }
        }

        return CorrelationMatrix.Factor(correlation) is null ? "no numbers can have all of these correlations at once: two fields that both go with a third must go with each other" : null;
    }
}
