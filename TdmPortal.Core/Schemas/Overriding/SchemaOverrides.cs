using System.Globalization;
using TdmPortal.Core.Schemas.Comparing;

namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>Puts a team's overrides on a schema, as far as they fit it.</summary>
public static class SchemaOverrides
{
    /// <summary>The document with the overrides that fit, and what came of each.</summary>
    /// <param name="document">A valid document, at any version.</param>
    public static OverriddenSchema Apply(SchemaDocument document, IReadOnlyList<SchemaOverride> overrides)
    {
        var verdicts = overrides.Select(one => Judge(document, one)).ToList();
        var changed = Put(document, verdicts);
        if (verdicts.Exists(verdict => verdict.IsApplied) && Errors(changed).Count > 0)
        {
            // Each alone: what is not at fault stays.
            for (var i = 0; i < verdicts.Count; i++)
            {
                if (verdicts[i].IsApplied && Errors(Put(document, [verdicts[i]])) is [var error, ..])
                    verdicts[i] = verdicts[i] with { State = OverrideState.Unfit, Text = $"It does not fit this version: {error.Message}" };
            }

            changed = Put(document, verdicts);
            if (Errors(changed) is [var together, ..])
            {
                verdicts = verdicts.ConvertAll(verdict => verdict.IsApplied ? verdict with { State = OverrideState.Unfit, Text = $"The overrides do not fit this version together: {together.Message}" } : verdict);
                changed = document;
            }
        }

        return new(changed, verdicts);
    }

    /// <summary>What a document says at a place; null where there is no such place.</summary>
    /// <param name="document">Any document.</param>
    /// <param name="entity">Name of an entity.</param>
    /// <param name="field">Name of a field; null: the entity's rows.</param>
    public static OverriddenPart? PartOf(SchemaDocument document, string entity, string? field)
    {
        var owner = document.Entities.FirstOrDefault(one => one.Name == entity);
        if (owner is null)
            return null;
        if (field is null)
            return new("rows", owner.Rows is { } rows ? Words(rows) : "rows per parent");
        return owner.Fields.FirstOrDefault(one => one.Name == field) is { } found
            ? new(SchemaWriter.Text(new FieldDefinition { Name = field, Type = found.Type, Precision = found.Precision, Scale = found.Scale, MaxLength = found.MaxLength, Array = found.Array }), Words(found))
            : null;
    }

    private static OverrideVerdict Judge(SchemaDocument document, SchemaOverride one)
    {
        var part = PartOf(document, one.Entity, one.Field);
        var ours = one.Field is null ? Words(one.Rows ?? 0) : Words(Changed(new FieldDefinition { Name = one.Field, Type = FieldType.String }, one));
        OverrideVerdict Say(OverrideState state, string text) => new(one, state, ours, part?.Value, text);
        if (part is null)
            return Say(OverrideState.Gone, $"{one.Place} is no longer in the schema.");
        if (one.Field is null && part.Value == "rows per parent")
            return Say(OverrideState.Unfit, $"A relationship says how many rows {one.Entity} has now.");
        if (one.Generator is not null && Field(document, one).Generator is null)
            return Say(OverrideState.Unfit, $"{one.Place} is filled by a relationship.");
        if (part.Type != one.Was.Type)
            return Say(OverrideState.TypeChanged, $"{one.Place} has another type now.");
        return part.Value == one.Was.Value ? Say(OverrideState.Applies, "") : Say(OverrideState.BaseChanged, $"The schema had {one.Was.Value} there and has {part.Value} now.");
    }

    private static SchemaDocument Put(SchemaDocument document, IReadOnlyList<OverrideVerdict> verdicts)
    {
        foreach (var one in verdicts.Where(verdict => verdict.IsApplied).Select(verdict => verdict.Override))
        {
            document = document with
            {
                Entities = [.. document.Entities.Select(entity => entity.Name != one.Entity ? entity
                    : one.Field is null ? entity with { Rows = one.Rows }
                    : entity with { Fields = [.. entity.Fields.Select(field => field.Name == one.Field ? Changed(field, one) : field)] })],
            };
        }

        return document;
    }

    private static FieldDefinition Changed(FieldDefinition field, SchemaOverride one)
    {
        var filled = one.Generator is null ? field : field with { Generator = one.Generator, Args = one.Args };
        return one.NullPercent is { } share ? filled with { NullPercent = share == 0 ? null : share } : filled;
    }

    private static FieldDefinition Field(SchemaDocument document, SchemaOverride one) => document.Entities.First(entity => entity.Name == one.Entity).Fields.First(field => field.Name == one.Field);

    private static List<SchemaProblem> Errors(SchemaDocument document) => [.. SchemaValidator.Validate(document).Where(problem => problem.Severity == ProblemSeverity.Error)];

    private static string Words(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {(rows == 1 ? "row" : "rows")}");

    private static string Words(FieldDefinition field) => string.Join(", ", new[]
    {
        PartProperties.Filling.Text(field) ?? "",
        field.NullPercent is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:0.###} % null") : "",
    }.Where(text => text.Length > 0).DefaultIfEmpty("filled by a relationship"));
}
