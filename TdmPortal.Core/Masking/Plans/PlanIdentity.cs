namespace TdmPortal.Core.Masking.Plans;

/// <summary>Columns that must be masked alike, while a plan is made; one alone is an identity too.</summary>
internal sealed class PlanIdentity
{
    /// <summary>Parents before children where there are foreign keys.</summary>
    public List<PlanColumn> Columns { get; } = [];

    /// <summary>As the policy names it; null: nobody did.</summary>
    public string? Given { get; set; }
    public CanonicalForm GivenForm { get; set; }

    /// <summary>Whether foreign keys tie it together.</summary>
    public bool Keys { get; set; }

    /// <summary>Part of the key's derivation.</summary>
    public string Name { get; set; } = "";
    public CanonicalForm Form { get; set; }

    public bool Unique => Columns.Any(column => column.Unique);

    public bool WithoutCase => Columns.Any(column => column.WithoutCase);
}
