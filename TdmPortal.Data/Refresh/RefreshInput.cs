namespace TdmPortal.Data.Refresh;

/// <summary>What a job of kind <c>refresh</c> reads; all else is in the run's row.</summary>
internal sealed record RefreshInput(Guid RunId, string TeamKey);
