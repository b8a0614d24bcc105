namespace TdmPortal.Core.Generators.Addresses;

/// <summary>A city that exists, with what belongs to it.</summary>
/// <param name="Postcode">With # for any digit and ^ for any capital letter.</param>
internal sealed record Place(byte[] City, byte[] Region, byte[] RegionCode, byte[] Postcode, double Latitude, double Longitude, byte[] TimeZone);
