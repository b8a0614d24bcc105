namespace TdmPortal.Web.Environments;

/// <summary>A ready-made way in for one client.</summary>
/// <param name="Client">What people call it: psql, JDBC.</param>
/// <param name="Text">To be pasted as it is.</param>
public sealed record ConnectLine(string Client, string Text);
