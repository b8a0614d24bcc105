namespace TdmPortal.Postgres;

/// <summary>Carries what went wrong in the source of the rows past what is said of the server they go to.</summary>
internal sealed class SourceFailedException(Exception inner) : Exception(inner.Message, inner);
