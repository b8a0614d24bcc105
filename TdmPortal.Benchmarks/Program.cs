using System.Globalization;
using TdmPortal.Benchmarks;

switch (args)
{
    case ["engine", var schema]:
        return await EngineMeasurement.RunAsync(schema);
    case ["limit", var schema]:
        return await LimitMeasurement.RunAsync(schema);
    case ["bogus", var folder, var customers, var orders]:
        return LimitMeasurement.Bogus(folder, int.Parse(customers, CultureInfo.InvariantCulture), int.Parse(orders, CultureInfo.InvariantCulture));
    case ["memory", var schema]:
        return await LimitMeasurement.MemoryAsync(schema);
    case ["costs"]:
        return CostMeasurement.Run();
    case ["sums"]:
        return await SumMeasurement.RunAsync();
    case ["load", var schema]:
        return await LoadMeasurement.RunAsync(schema);
    case ["store", var schema]:
        return await StoreMeasurement.RunAsync(schema);
    case ["compare", var schema]:
        return await CompareMeasurement.RunAsync(schema);
    case ["quality", var schema]:
        return await QualityMeasurement.RunAsync(schema);
    case ["masking"]:
        return await MaskingMeasurement.RunAsync();
    case ["audit"]:
        return await AuditMeasurement.RunAsync();
    case ["lists"]:
        return await ListMeasurement.RunAsync();
    case ["chinook", "--times", var times] when double.TryParse(times, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale):
        return await ScriptMeasurement.RunAsync("samples/chinook.schema.json", scale);
    default:
        Console.Error.WriteLine("Usage: TdmPortal.Benchmarks engine|limit|memory|load|store|compare|quality SCHEMA-FILE, costs, sums, lists, audit, masking, or chinook --times N");
        return 2;
}
