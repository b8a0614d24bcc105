namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>What a team has another way than a schema that it uses: how a field is filled, or how many rows an entity has.</summary>
/// <param name="Entity">Name of the entity.</param>
/// <param name="Field">Name of the field; null: the entity's rows.</param>
/// <param name="Reason">Why, for those who meet it later.</param>
public sealed record SchemaOverride(string Entity, string? Field, string Reason)
{
    /// <summary>Where it stands: <c>customer.email</c>, or <c>customer</c> for its rows.</summary>
    public string Place => Field is null ? Entity : $"{Entity}.{Field}";

    /// <summary>Rows of the entity; null for a field.</summary>
    public long? Rows { get; init; }

    /// <summary>The generator, with <see cref="Args"/>; null: the schema's own.</summary>
    public string? Generator { get; init; }

    /// <summary>The generator's arguments.</summary>
    public ArgumentValues Args { get; init; } = ArgumentValues.Empty;

    /// <summary>Share of nulls, 0..100; null: the schema's own.</summary>
    public double? NullPercent { get; init; }

    /// <summary>What the schema said there when the team last agreed to it.</summary>
    public OverriddenPart Was { get; init; } = OverriddenPart.Unknown;
}
