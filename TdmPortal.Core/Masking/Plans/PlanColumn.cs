using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>A column while a plan is made.</summary>
internal sealed class PlanColumn
{
    public required string Entity { get; init; }
    public required int Place { get; init; }
    public required ColumnDescription Description { get; set; }
    public required FieldDefinition? Field { get; init; }

    /// <summary>The primary key of its entity.</summary>
    public IReadOnlyList<string> EntityKey { get; init; } = [];

    /// <summary>Path of the column as policies write it.</summary>
    public string Path => $"{Entity}.{Description.Name}";

    /// <summary>Kind of personal data; null: none is known.</summary>
    public string? Kind { get; set; }
    public double Confidence { get; set; }

    /// <summary>Whether it must be decided what becomes of it.</summary>
    public bool Counts { get; set; }

    /// <summary>Whether it is, or is part of, a key or something unique.</summary>
    public bool Unique { get; set; }
    public bool PrimaryKey { get; set; }
    public bool WithoutCase { get; set; }

    /// <summary>What masks it; null: nothing.</summary>
    public MaskingRule? Rule { get; set; }

    /// <summary>Where the rule stands in the policy; empty for a strategy's.</summary>
    public string RulePath { get; set; } = "";
    public DecidedBy By { get; set; }
    public string Reason { get; set; } = "";

    /// <summary>What checks ask of its values; null: nothing that can be told.</summary>
    public ValueBounds? Bounds { get; set; }

    /// <summary>Whether its masked values hold <see cref="Bounds"/>.</summary>
    public bool KeepsBounds { get; set; }

    /// <summary>The columns that must be masked alike, itself among them.</summary>
    public PlanIdentity Identity { get; set; } = null!;

    /// <summary>Whether values change.</summary>
    public bool IsMasked => Rule is not null && Rule.Masker != MaskingRule.Keep;
}
