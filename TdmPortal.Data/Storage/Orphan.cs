namespace TdmPortal.Data.Storage;

/// <summary>Something without its other half.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Of a schema or role, or an id.</param>
/// <param name="What">What is missing, for people.</param>
/// <param name="CanGo">Whether the clean-up removes it.</param>
public sealed record Orphan(OrphanKind Kind, string Name, string What, bool CanGo = true);
