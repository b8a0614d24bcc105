namespace TdmPortal.Data.Environments;

/// <summary>Where the team's own clients find the database.</summary>
public sealed record DatabaseAddress(string Host, int Port, string Database);
