using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality;
using Xunit;

namespace TdmPortal.Tests.Masking.Proof;

[Trait("Requirement", "D3")]
public sealed class MaskingProverTests
{
    private static readonly string[] Fields = ["last_name", "full_name", "email", "phone", "vehicle_plate", "customer_number"];

    private static readonly SchemaDocument Document = MaskSample.Document($$"""
        { "name": "d", "entities": [ { "name": "t", "rows": 3, "primaryKey": ["id"], "fields": [ { "name": "id", "type": "integer", "generator": "sequence" },
            {{string.Join(", ", Fields.Select(field => $$"""{ "name": "{{field}}", "type": "string", "generator": "lorem.word", "personal": "{{field}}" }"""))}} ] } ] }
        """);

    /// <summary>Names out of the very dictionary that masked ones come from, and numbers that are dense in their form.</summary>
    [Fact]
    public void Complete_OrdinaryPeople_Holds()
    {
        string[] names = ["Miller", "Smith", "Waters", "Treutel", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Davis", "Wilson", "Moore", "Taylor", "Thomas", "White", "Harris", "Clark", "Lewis", "Walker", "Young"];
        string[] first = ["Anna", "John", "Maria", "Peter", "Mary"];
        object?[][] rows = [.. Enumerable.Range(0, 2000).Select(i => new object?[]
        {
            (long)i, names[i % 20], $"{first[i % 5]} {names[i % 20]}", string.Create(CultureInfo.InvariantCulture, $"p{i}@acme.com"), string.Create(CultureInfo.InvariantCulture, $"030 {i:0000}"),
            string.Create(CultureInfo.InvariantCulture, $"B {i:0000}"), string.Create(CultureInfo.InvariantCulture, $"{i:00000}"),
        })];

        var proof = Prove(rows, MaskSample.Policy("\"strategy\": \"pseudonymise\""));

        Assert.All(proof.Columns, column => Assert.True(column.Holds, $"{column}"));
        Assert.All(proof.Columns.Where(column => Fields.Contains(column.Field)), column => Assert.True(column is { Same: 0, Compared: 2000 }, $"{column}"));
        Assert.Equal([ProofKind.RowByRow, ProofKind.RowByRow, ProofKind.ColumnWide, ProofKind.ColumnWide], Fields.Take(4).Select(field => proof.Columns.Single(column => column.Field == field).Kind));
    }

    [Fact]
    public void Complete_RowsThatWereNotMasked_DoesNotHold()
    {
        object?[][] rows = [.. Enumerable.Range(0, 10).Select(i => new object?[] { (long)i, $"Miller{i}", $"Anna Miller{i}", $"a{i}@acme.com", $"030 12345{i}", $"B {i}", $"C-4711{i}" })];
        var asked = MaskSample.Policy("\"strategy\": \"pseudonymise\"");
        var source = Source(rows);
        var unmasked = MaskPlan.Compile(new(Document, source.Entities, MaskSample.Policy("\"rules\": []"), MaskSample.Key) { SignedOff = Fields.Select(field => $"t.{field}").ToHashSet() }).Plan!;

        var proof = Prove(source, unmasked, MaskPlan.Compile(new(Document, source.Entities, asked, MaskSample.Key)).Decisions, asked);

        Assert.All(proof.Columns.Where(column => Fields.Contains(column.Field)), column => Assert.True(column is { Holds: false, Same: 10 }, $"{column}"));
    }

    [Fact]
    public void Complete_AddressesThatChangedHands_AreFoundInOtherRows()
    {
        object?[][] rows = [.. Enumerable.Range(0, 10).Select(i => new object?[] { (long)i, "Miller", "Anna Miller", $"a{i}@acme.com", "030 123456", "B 1", "C-47110" })];
        var source = Source(rows);
        var policy = MaskSample.Policy("\"rules\": [ { \"columns\": [\"t.email\"], \"masker\": \"email\" } ]");
        var definition = Core.Masking.Maskers.MaskerCatalogue.Find("email")! with { Create = _ => new NextRow() };
        var result = MaskPlan.Compile(new(Document, source.Entities, policy, MaskSample.Key) { Maskers = _ => definition, SignedOff = Fields.Select(field => $"t.{field}").ToHashSet() });

        var proof = Prove(source, result.Plan!, result.Decisions, policy);

        var email = proof.Columns.Single(column => column.Field == "email");
        Assert.Equal((ProofKind.ColumnWide, 0, 10, false), (email.Kind, email.Same, email.Elsewhere, email.Holds));
    }

    private static MaskingProof Prove(object?[][] rows, MaskingPolicy policy)
    {
        var source = Source(rows);
        var result = MaskPlan.Compile(new(Document, source.Entities, policy, MaskSample.Key));
        return Prove(source, result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Problems)), result.Decisions, policy);
    }

    private static MaskingProof Prove(MemorySource source, MaskPlan plan, IReadOnlyList<ColumnDecision> decisions, MaskingPolicy policy)
    {
        var masked = new MaskedSource(source, plan);
        masked.Prepare();
        var prover = new MaskingProver(source.Entities, decisions, policy);
        RowPasses.Run(masked.Beside, masked.Beside.Entities[0], prover.PassesOf("t"));
        return prover.Complete(masked, masked.Beside, CancellationToken.None);
    }

    private static MemorySource Source(object?[][] rows) =>
        new MemorySource().Add("t", [MemorySource.Column("id", FieldType.Integer), .. Fields.Select(field => MemorySource.Column(field, FieldType.String))], rows);

    /// <summary>Gives each row the original of the next one.</summary>
    private sealed class NextRow : Masker
    {
        public override void Mask(MaskBatch batch, Column source, Column target)
        {
            target.Reset(batch.Count);
            for (var row = 0; row < batch.Count; row++)
                target.Take(row, source, (row + 1) % batch.Count);
        }
    }
}
