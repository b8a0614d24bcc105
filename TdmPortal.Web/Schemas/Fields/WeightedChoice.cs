namespace TdmPortal.Web.Schemas.Fields;

/// <summary>One value of a list, with its weight where the list has weights.</summary>
public sealed record WeightedChoice(string Value, decimal? Weight);
