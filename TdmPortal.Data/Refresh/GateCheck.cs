namespace TdmPortal.Data.Refresh;

/// <summary>One thing that the gate looked at.</summary>
/// <param name="Kind"><c>primary key</c>, <c>unique key</c>, <c>foreign key</c>, <c>check</c>, <c>not null</c>, <c>rows</c>, <c>values</c> or <c>quality</c>.</param>
/// <param name="Place"><c>customer</c>, <c>order.customer_id</c>, …</param>
/// <param name="Holds">Whether it is as it should be.</param>
/// <param name="Text">What was found, for people.</param>
public sealed record GateCheck(string Kind, string Place, bool Holds, string Text);
