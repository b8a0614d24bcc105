namespace TdmPortal.Core.Quality.Profiling;

/// <summary>How unique a key is.</summary>
/// <param name="Uniqueness">Share of rows that are neither without a key nor repeat an earlier one; null without rows.</param>
public sealed record KeyProfile(string Entity, IReadOnlyList<string> Fields, double? Uniqueness);
