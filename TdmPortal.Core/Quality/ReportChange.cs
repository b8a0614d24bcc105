namespace TdmPortal.Core.Quality;

/// <summary>Something that is otherwise than in the report before.</summary>
/// <param name="Kind"><c>score</c>, <c>metric</c>, <c>rule</c>, <c>scenario</c>, <c>rows</c> or <c>column</c>.</param>
/// <param name="Place">The metric, the rule's or scenario's name, the entity, <c>entity.column</c>.</param>
/// <param name="Text">For people, without the place: "fell from 98 % to 91 %".</param>
/// <param name="IsWorse">Whether it fell; else it rose, or differs.</param>
/// <param name="Weight">How much it matters: lists begin with the most.</param>
public sealed record ReportChange(string Kind, string Place, string Text, bool IsWorse, double Weight);
