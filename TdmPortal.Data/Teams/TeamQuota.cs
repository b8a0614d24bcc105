namespace TdmPortal.Data.Teams;

/// <summary>The most that a team may keep; null: without a bound. Set by administrators.</summary>
/// <param name="Rows">Of all its versions together.</param>
/// <param name="Bytes">Tables and indexes of all its versions together.</param>
/// <param name="Versions">Of all its datasets together.</param>
public sealed record TeamQuota(long? Rows, long? Bytes, int? Versions)
{
    public static TeamQuota None { get; } = new(null, null, null);

    /// <summary>Whether anything is bounded.</summary>
    public bool IsBounded => Rows is not null || Bytes is not null || Versions is not null;
}
