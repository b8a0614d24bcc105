using TdmPortal.Core.Generators.Finance;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Vehicles;

/// <summary>Cars and travel.</summary>
internal static class VehicleGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("vehicle.manufacturer", "Who builds cars.", "[vehicle.manufacturer]", "make, brand, car"),
        Words("vehicle.model", "A model of a car.", "[vehicle.model]", "car"),
        Words("vehicle.type", "A kind of car.", "[vehicle.type]", "body, car, SUV"),
        Words("vehicle.fuel", "What a car runs on.", "[vehicle.fuel]", "diesel, electric"),
        Make("vehicle.vin", "A vehicle's number with its check digit.", Kinds.Text, [], "chassis number, car") with { Create = static c => CheckedSource.Create(c, "[maker]0[year][plant]######", Checks.Vin, static list => list switch { "maker" => new Sequence([new WordList(["WZZ", "1ZZ", "JZZ", "VZZ", "SZZ"]), new Characters(Characters.Vin, 5)]), "year" => new Characters("LMNPRSTV", 1), _ => new Characters(Characters.Vin, 1) }) },
        Make("vehicle.licensePlate", "A number plate in the country's form.", Kinds.Text, [OfCountry], "registration, car, number plate") with { Create = LicensePlates.Create },
        Words("vehicle.color", "A colour of cars.", "[vehicle.color]", "paint"),
        Make("vehicle.mileage", "How far a car has gone, in kilometres.", Kinds.Whole, [], "odometer, distance") with { Create = static c => DistributionSource.Create(c, static () => Distributions.Normal(80000, 55000), 0, 400000) },
        Words("vehicle.flightNumber", "A flight of an airline that does not exist.", "ZZ### || ZZ####", "airline, travel"),
        Words("vehicle.seat", "A seat in an aeroplane.", "#[vehicle.seat] || !#[vehicle.seat]", "airline, ticket"),
    ];
}
