using TdmPortal.Benchmarks;

switch (args)
{
    case ["engine", var schema]:
        return await EngineMeasurement.RunAsync(schema);
    case ["load", var schema]:
        return await LoadMeasurement.RunAsync(schema);
    case ["store", var schema]:
        return await StoreMeasurement.RunAsync(schema);
    default:
        Console.Error.WriteLine("Usage: TdmPortal.Benchmarks engine|load|store SCHEMA-FILE");
        return 2;
}
