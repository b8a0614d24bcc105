namespace TdmPortal.Data.Refresh;

/// <summary>Somebody who uses a dataset just now.</summary>
/// <param name="Who">A person's name, or the program that is connected.</param>
/// <param name="What">What for: a pin's version and end, or since when the session is there.</param>
public sealed record DatasetUser(string Who, string What, DateTimeOffset Since);
