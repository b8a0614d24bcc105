using System.Text.Json;
using TdmPortal.Core.Schemas.Overriding;

namespace TdmPortal.Data.Reviews;

/// <summary>An override as a proposal keeps it.</summary>
internal sealed record ProposedOverride(string Entity, string? Field, string Reason, long? Rows, string? Generator, Dictionary<string, JsonElement> Args, double? NullPercent, OverriddenPart Was)
{
    public static ProposedOverride Of(SchemaOverride one) => new(one.Entity, one.Field, one.Reason, one.Rows, one.Generator, one.Args.ToDictionary(argument => argument.Key, argument => argument.Value), one.NullPercent, one.Was);

    public SchemaOverride ToOverride() => new(Entity, Field, Reason) { Rows = Rows, Generator = Generator, Args = new(Args), NullPercent = NullPercent, Was = Was };
}
