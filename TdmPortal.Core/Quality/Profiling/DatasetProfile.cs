namespace TdmPortal.Core.Quality.Profiling;

/// <summary>What passes found out about a dataset. It is kept as bytes, so that a version's profile is the reference of later ones.</summary>
/// <param name="Entities">In the order of the schema.</param>
/// <param name="Relationships">In the order of the schema; none at level basic.</param>
/// <param name="Keys">Primary keys and unique groups; none at level basic.</param>
public sealed record DatasetProfile(IReadOnlyList<EntityProfile> Entities, IReadOnlyList<RelationshipProfile> Relationships, IReadOnlyList<KeyProfile> Keys)
{
    /// <summary>The entity of that name; null where there is none.</summary>
    public EntityProfile? Entity(string name) => Entities.FirstOrDefault(entity => entity.Name == name);

    /// <summary>For <see cref="FromBytes"/>: some 5 to 20 KB a column.</summary>
    public byte[] ToBytes() => ProfileBytes.Write(this);

    /// <summary>What <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="Errors.PortalException">quality.profile_unreadable: it is none, or of another release.</exception>
    public static DatasetProfile FromBytes(byte[] bytes) => ProfileBytes.Read(bytes);
}
