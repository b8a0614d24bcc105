using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>A line of the generator picker.</summary>
/// <param name="Definition">The generator.</param>
/// <param name="Args">Arguments to start with; null: keep what fits of the present ones.</param>
/// <param name="Reason">Why it is proposed, null where it is not.</param>
public sealed record GeneratorChoice(GeneratorDefinition Definition, ArgumentValues? Args, string? Reason);
