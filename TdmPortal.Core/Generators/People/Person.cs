using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.People;

/// <summary>
/// The person of a row: a pure function of seed, entity, <c>of</c> and row, so that every field that asks sees the same
/// one without asking another field.
/// </summary>
internal readonly struct Person(ulong cell)
{
    /// <summary>The key that all fields about the same person share.</summary>
    public static ulong Key(SourceContext context) => Randomness.Derive(Randomness.Derive(context.EntityKey, "person"), context.OptionalText("of") ?? "");

    public static Person Of(ulong key, long row) => new(Randomness.Cell(key, row));

    /// <summary>0 male, 1 female.</summary>
    public int Gender => (int)(cell & 1);

    /// <summary>Index of the first name among n.</summary>
    public int First(int n) => (int)(((cell >> 32) * (uint)n) >> 32);

    /// <summary>Index of the last name among n.</summary>
    public int Last(int n) => (int)(((Randomness.Next(cell, 0) >> 32) * (uint)n) >> 32);

    /// <summary>Further bits of the person: each number other ones.</summary>
    public ulong Bits(ulong number) => Randomness.Next(cell, number);
}
