namespace TdmPortal.Core.Schemas;

/// <summary>How many elements an array field's value has: <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
public sealed record ArrayBounds(int Min, int Max);
