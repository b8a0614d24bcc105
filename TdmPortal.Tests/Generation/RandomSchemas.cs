using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// Properties of any schema, by FsCheck: documents are drawn at random, and one that breaks a property is shrunk to the
/// smallest that still does, by leaving out entities, relationships, checks and fields and by halving rows.
/// </summary>
internal static class RandomSchemas
{
    // The same documents in every run, so that a run that was green stays green; another number makes others.
    private static readonly ulong Seed = Environment.GetEnvironmentVariable("TDM_RANDOM_SEED") is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : 2026;

    /// <summary>Fails with the smallest document found that does not have the property.</summary>
    /// <param name="property">Throws where a document does not have it.</param>
    public static void Check(int count, Action<SchemaDocument> property)
    {
        var drawn = Gen.Choose(1, int.MaxValue).Select(seed => new RandomCase((seed % 3 == 0 ? new(seed, Constructs.All.Values.ElementAt(seed / 3 % Constructs.All.Count)) : new RandomSchema(seed)).Document()));
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(new(new Rnd(Seed, 0x9E3779B97F4A7C15), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(Arb.From(drawn, Smaller), one => property(one.Document)));
    }

    /// <summary>The plan of a document that is legal.</summary>
    public static GenerationPlan Plan(SchemaDocument document, GenerationOptions? options = null)
    {
        var (plan, problems) = GenerationPlan.Compile(document, options ?? new());
        Assert.True(plan is not null, string.Join('\n', problems));
        return plan;
    }

    private static IEnumerable<RandomCase> Smaller(RandomCase one) => SchemaCuts.Of(one.Document)
        .Select(cut => cut.Document)
        .Concat(SchemaCuts.FewerRows(one.Document))
        .Where(document => GenerationPlan.Compile(document, new()).Plan is not null)
        .Select(document => new RandomCase(document));

    /// <summary>Prints itself as the document that a person can open.</summary>
    private sealed record RandomCase(SchemaDocument Document)
    {
        public override string ToString() => Encoding.UTF8.GetString(SchemaWriter.Write(Document));
    }
}
