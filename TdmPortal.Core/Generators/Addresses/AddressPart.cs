namespace TdmPortal.Core.Generators.Addresses;

/// <summary>What of a place a field holds.</summary>
internal enum AddressPart
{
    Street,
    StreetName,
    BuildingNumber,
    City,
    Region,
    RegionCode,
    Postcode,
    Country,
    CountryCode,
    CountryCode3,
    Coordinates,
    TimeZone,
    Full,
    DialCode,
}
