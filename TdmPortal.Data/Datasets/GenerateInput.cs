namespace TdmPortal.Data.Datasets;

/// <summary>What a job of kind <c>generate</c> reads beside the document: the request, with nothing left to decide.</summary>
/// <param name="Request">Version and as-of filled in.</param>
internal sealed record GenerateInput(string TeamKey, string SchemaName, GenerateRequest Request);
