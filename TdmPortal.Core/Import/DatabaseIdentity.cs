namespace TdmPortal.Core.Import;

/// <summary>How the server numbers a column.</summary>
/// <param name="Always">GENERATED ALWAYS: rows that bring a value need OVERRIDING SYSTEM VALUE (COPY does not).</param>
/// <param name="Start">First number.</param>
/// <param name="Step">From one to the next.</param>
/// <param name="Sequence">Qualified, quoted name of its sequence.</param>
public sealed record DatabaseIdentity(bool Always, long Start, long Step, string? Sequence);
