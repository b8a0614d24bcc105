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
        Make("vehicle.vin", "A vehicle's number with its check digit.", Kinds.Text, [], "chassis number, car"),
        Make("vehicle.licensePlate", "A number plate in the country's form.", Kinds.Text, [Country], "registration, car, number plate"),
        Words("vehicle.color", "A colour of cars.", "[vehicle.color]", "paint"),
        Make("vehicle.mileage", "How far a car has gone, in kilometres.", Kinds.Whole, [], "odometer, distance"),
        Words("vehicle.flightNumber", "A flight of an airline that does not exist.", "ZZ### || ZZ####", "airline, travel"),
        Words("vehicle.seat", "A seat in an aeroplane.", "#[vehicle.seat] || !#[vehicle.seat]", "airline, ticket"),
    ];
}
