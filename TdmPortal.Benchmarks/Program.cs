using BenchmarkDotNet.Running;
using TdmPortal.Benchmarks;

if (args is ["store", var schema])
    return await StoreMeasurement.RunAsync(schema);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
