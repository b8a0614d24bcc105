using System.Globalization;
using TdmPortal.Benchmarks;

switch (args)
{
    case ["engine", var schema]:
        return await EngineMeasurement.RunAsync(schema);
    case ["load", var schema]:
        return await LoadMeasurement.RunAsync(schema);
    case ["store", var schema]:
        return await StoreMeasurement.RunAsync(schema);
    case ["chinook", "--times", var times] when double.TryParse(times, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale):
        return await ScriptMeasurement.RunAsync("samples/chinook.schema.json", scale);
    default:
        Console.Error.WriteLine("Usage: TdmPortal.Benchmarks engine|load|store SCHEMA-FILE, or chinook --times N");
        return 2;
}
