using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking;

[Trait("Requirement", "D3")]
public sealed class SchemaDriftTests
{
    private static readonly ColumnDescription[] Customer =
    [
        Column("id", FieldType.Integer), Column("first_name", FieldType.String, 60), Column("email", FieldType.String, 80), Column("phone", FieldType.String, 80), Column("legend", FieldType.String, 80), Column("born", FieldType.Date), Column("amount", FieldType.Decimal),
    ];

    private static readonly IReadOnlyList<RememberedColumn> Remembered = SchemaDrift.Remember([new("customer", Customer, null), new("note", [Column("body", FieldType.String)], null)]);

    [Fact]
    public void Find_SameSource_NothingDrifts() => Assert.Empty(Find(Customer));

    [Fact]
    public void Find_NothingRemembered_NothingDrifts() => Assert.Empty(SchemaDrift.Find([], [new("customer", Customer, null)], []));

    [Fact]
    public void Find_OtherOrderAndNullability_IsNoDrift() =>
        Assert.Empty(Find([.. Customer.Reverse().Select(column => column with { Nullable = !column.Nullable })]));

    [Fact]
    public void Find_NewColumn_IsNewWithWhatBecomesOfIt()
    {
        var drift = Assert.Single(Find([.. Customer, Column("iban", FieldType.String, 34)], ("iban", "iban")));
        Assert.Equal((DriftKind.New, "iban", null, "string(34)", "iban"), (drift.Kind, drift.Field, drift.Before, drift.After, drift.Proposed?.Personal));
    }

    [Fact]
    public void Find_DroppedColumn_IsGone()
    {
        var drift = Assert.Single(Find([.. Customer.Where(column => column.Name != "phone")]));
        Assert.Equal((DriftKind.Gone, "phone", "string(80)", null), (drift.Kind, drift.Field, drift.Before, drift.After));
    }

    [Fact]
    public void Find_DroppedAndNewTable_AllOfItsColumns()
    {
        var drift = SchemaDrift.Find(Remembered, [new("customer", Customer, null), new("remark", [Column("body", FieldType.String)], null)], []);
        Assert.Equal([(DriftKind.New, "remark"), (DriftKind.Gone, "note")], drift.Select(one => (one.Kind, one.Entity)));
    }

    [Theory]
    [InlineData("email", FieldType.String, 200, "string(80)", "string(200)")]
    [InlineData("email", FieldType.Json, null, "string(80)", "json")]
    [InlineData("id", FieldType.Uuid, null, "integer", "uuid")]
    public void Find_OtherType_IsRetyped(string field, FieldType type, int? length, string before, string after)
    {
        var drift = Assert.Single(Find([.. Customer.Select(column => column.Name == field ? Column(field, type, length) : column)]));
        Assert.Equal((DriftKind.Retyped, field, before, after), (drift.Kind, drift.Field, drift.Before, drift.After));
    }

    // Neighbours stay: last. Elsewhere: put at the end, so that place tells nothing.
    [Theory]
    [InlineData("email", "mail_address", 80, null, true)]
    [InlineData("email", "e_mail", 120, null, true)]
    [InlineData("phone", "mobile", 80, null, true)]
    [InlineData("first_name", "vorname", 60, null, true)]
    [InlineData("first_name", "given", 60, "first_name", true)]
    [InlineData("legend", "legends", 80, null, true)]
    [InlineData("legend", "remark", 80, null, false)]
    [InlineData("legend", "iban", 80, "iban", false)]
    public void Find_AnotherNameElsewhere_IsRenamedByWhatItHoldsOrHowItIsCalled(string former, string name, int length, string? kind, bool isRenamed)
    {
        ColumnDescription[] now = [.. Customer.Where(column => column.Name != former).Append(Column(name, FieldType.String, length))];
        var drift = Find(now, (name, kind));
        Assert.Equal(isRenamed ? [(DriftKind.Renamed, name, former)] : [(DriftKind.New, name, null), (DriftKind.Gone, former, null)], drift.Select(one => (one.Kind, one.Field, one.Former)));
    }

    [Fact]
    public void Find_UnlikeNameInTheSamePlace_IsRenamed()
    {
        var drift = Assert.Single(Find([.. Customer.Select(column => column.Name == "legend" ? Column("remark", FieldType.String, 80) : column)]));
        Assert.Equal((DriftKind.Renamed, "remark", "legend"), (drift.Kind, drift.Field, drift.Former));
    }

    [Fact]
    public void Find_OtherPersonalDataInTheSamePlace_IsNotRenamed() =>
        Assert.Equal([(DriftKind.New, "iban"), (DriftKind.Gone, "phone")], Find([.. Customer.Select(column => column.Name == "phone" ? Column("iban", FieldType.String, 80) : column)], ("iban", "iban")).Select(one => (one.Kind, one.Field)));

    [Fact]
    public void Find_OtherTypeInTheSamePlace_IsNotRenamed() =>
        Assert.Equal([DriftKind.New, DriftKind.Gone], Find([.. Customer.Select(column => column.Name == "born" ? Column("birth_year", FieldType.Integer) : column)]).Select(one => one.Kind));

    [Fact]
    public void Find_SeveralRenamedAtOnce_EachIsTheOneThatItIsMostLike()
    {
        var drift = Find([.. Customer.Where(column => column.Name is not ("email" or "phone")), Column("mobile_phone", FieldType.String, 80), Column("mail", FieldType.String, 80)], ("mobile_phone", "phone"), ("mail", "email"));
        Assert.Equal([("mobile_phone", "phone"), ("mail", "email")], drift.Select(one => (one.Field, one.Former)));
    }

    [Fact]
    public void Settle_RenamedColumn_RulesIdentitiesAndQuasiIdentifiersFollow()
    {
        var policy = MaskSample.Policy("""
            "rules": [ { "columns": ["customer.email", "*.phone"], "masker": "redact" } ], "identities": [ { "name": "mail", "columns": ["customer.email"] } ],
            "quasiIdentifiers": [ { "entity": "customer", "fields": ["email", "born"], "k": 5, "sensitive": "email" } ]
            """) with { Columns = Remembered };
        ColumnDescription[] now = [.. Customer.Select(column => column.Name == "email" ? column with { Name = "mail" } : column)];
        var settled = SchemaDrift.Settle(policy, SchemaDrift.Remember([new("customer", now, null)]), Find(now));
        Assert.Equal(["customer.mail", "*.phone"], settled.Rules[0].Columns);
        Assert.Equal(["customer.mail"], settled.Identities[0].Columns);
        Assert.Equal(["mail", "born"], settled.QuasiIdentifiers[0].Fields);
        Assert.Equal("mail", settled.QuasiIdentifiers[0].Sensitive);
        Assert.Empty(SchemaDrift.Find(settled.Columns, [new("customer", now, null)], []));
    }

    private static IReadOnlyList<ColumnDrift> Find(ColumnDescription[] now, params (string Field, string? Kind)[] kinds) =>
        SchemaDrift.Find(Remembered, [new("customer", now, null), new("note", [Column("body", FieldType.String)], null)],
            [.. kinds.Select(one => new ColumnDecision("customer", one.Field, "redact", ArgumentValues.Empty, DecidedBy.Strategy, "") { Personal = one.Kind })]);

    private static ColumnDescription Column(string name, FieldType type, int? length = null) => new(name, type, Nullable: true) { SqlType = "", MaxLength = length, Precision = 12, Scale = 2 };
}
