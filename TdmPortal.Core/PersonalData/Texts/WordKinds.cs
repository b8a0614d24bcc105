namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>What a word can be.</summary>
[Flags]
internal enum WordKinds
{
    None = 0,
    FirstName = 1,
    LastName = 2,
    City = 4,
    Region = 8,
    Country = 16,
    /// <summary>Mr, Frau, Dr.</summary>
    Salutation = 32,
    /// <summary>Stands behind a street's name: Street, Road.</summary>
    StreetEnd = 64,
    /// <summary>Stands before a street's name: rue, via, calle.</summary>
    StreetStart = 128,
    /// <summary>An ordinary word too.</summary>
    Common = 256,
    /// <summary>Begins a place of several words.</summary>
    Phrase = 512,
    /// <summary>de, van, von within names.</summary>
    Particle = 1024,
    Month = 2048,
}
