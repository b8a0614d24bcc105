using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace TdmPortal.Tests;

internal static class AssemblyResolution
{
    /// <summary>bUnit asks for another version of AngleSharp.Diffing than the one that restores; the file beside the tests serves.</summary>
    [ModuleInitializer]
    internal static void AnswerForDiffing() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "AngleSharp.Diffing.dll"))
            : null;
}
