using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Addresses;

/// <summary>Where something is; all fields of a row with the same <c>of</c> describe one place that exists.</summary>
internal static class AddressGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("address.street", "Street and house number in the order of the country.", Kinds.Text, [Of], "address line 1, street address, house") with { Create = static c => AddressSource.Create(c, AddressPart.Street) },
        Make("address.streetName", "A street without a number.", Kinds.Text, [Of], "road, avenue") with { Create = static c => AddressSource.Create(c, AddressPart.StreetName) },
        Make("address.buildingNumber", "A house number.", Kinds.Text, [Of], "house number") with { Create = static c => AddressSource.Create(c, AddressPart.BuildingNumber) },
        Words("address.secondary", "Floor, flat or room.", "[address.secondary]", "address line 2, apartment, unit, suite"),
        Make("address.city", "A real city of the country.", Kinds.Text, [Of], "town, place, locality") with { Create = static c => AddressSource.Create(c, AddressPart.City) },
        Make("address.region", "The state, province or county that the city lies in.", Kinds.Text, [Of], "state, province, county, canton") with { Create = static c => AddressSource.Create(c, AddressPart.Region) },
        Make("address.regionCode", "The short form of the region.", Kinds.Text, [Of], "state code, province code") with { Create = static c => AddressSource.Create(c, AddressPart.RegionCode) },
        Make("address.postcode", "A postcode of the city.", Kinds.Text, [Of], "zip, zip code, postal code, PLZ") with { Create = static c => AddressSource.Create(c, AddressPart.Postcode) },
        Make("address.country", "The country that the city lies in, in the locale's language.", Kinds.Text, [Of], "nation") with { Create = static c => AddressSource.Create(c, AddressPart.Country) },
        Make("address.countryCode", "The country's two-letter code.", Kinds.Text, [Of], "ISO 3166, alpha-2") with { Create = static c => AddressSource.Create(c, AddressPart.CountryCode) },
        Make("address.countryCode3", "The country's three-letter code.", Kinds.Text, [Of], "ISO 3166, alpha-3") with { Create = static c => AddressSource.Create(c, AddressPart.CountryCode3) },
        Make("address.latitude", "Latitude near the city's centre.", [Schemas.FieldType.Double, Schemas.FieldType.Decimal], [Of], "geo, GPS, coordinates, map") with { Create = static c => CoordinateSource.Create(c, latitude: true) },
        Make("address.longitude", "Longitude near the city's centre.", [Schemas.FieldType.Double, Schemas.FieldType.Decimal], [Of], "geo, GPS, coordinates, map, lng") with { Create = static c => CoordinateSource.Create(c, latitude: false) },
        Make("address.coordinates", "Latitude and longitude with a comma.", Kinds.Text, [Of], "geo, GPS, lat long, point") with { Create = static c => AddressSource.Create(c, AddressPart.Coordinates) },
        Make("address.timeZone", "The time zone of the place by its IANA name.", Kinds.Text, [Of], "tz") with { Create = static c => AddressSource.Create(c, AddressPart.TimeZone) },
        Make("address.full", "The whole address on one line.", Kinds.Text, [Of], "postal address, shipping address") with { Create = static c => AddressSource.Create(c, AddressPart.Full) },
        Words("address.anyCountry", "Any country of the world, in the locale's language where it is known.", "[address.country]", "nation, destination"),
        Words("address.anyCountryCode", "The two-letter code of any country.", "[address.country_code]", "ISO 3166"),
        Words("address.direction", "A point of the compass.", "[address.direction]", "north, bearing"),
        Words("address.continent", "A continent.", "[address.continent]", "world region"),
        Words("address.type", "What an address is used for.", "[address.type]", "billing, shipping, home, work"),
        Words("address.airport", "An airport by its IATA code.", "[address.airport]", "flight, travel"),
    ];
}
