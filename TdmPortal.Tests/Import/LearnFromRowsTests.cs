using Npgsql;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Masking;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>From a live database's rows to rows like them, through the wizard's own steps: no value of a person on the way.</summary>
public sealed class LearnFromRowsTests(MaskingPortal masking) : IClassFixture<MaskingPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => masking.Portal;

    [Fact]
    [Trait("Requirement", "D3")]
    [Trait("Requirement", "D7")]
    public async Task Import_ThatLearnsFromADatabasesRows_MakesRowsLikeThem_AndKeepsNoOriginal()
    {
        var imports = Portal.Get<ImportStore>();
        var id = await imports.StartAsync(Portal.Tester, "crm_like", ImportOrigin.Database, masking.Source, new ImportChoices { LookAtRows = true, Learn = true }, Cancellation);
        await Portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var import = await imports.GetAsync(Portal.Tester, id, Cancellation);
        Assert.True(import.Document is not null, (await Portal.Jobs.GetAsync(Portal.Tester, import.JobId!.Value, Cancellation)).Error?.Message);
        Assert.All(import.Proposal!.Fields, field => Assert.NotEqual("", field.Reason));
        Assert.Equal(0, await Portal.ScalarAsync<long>($"select count(*) from portal.import one where one::text ~* '{CustomerDatabase.Pattern}'"));

        var schema = await imports.SaveAsync(Portal.Tester, id, "crm_like", Cancellation);
        await Portal.GenerateAsync(Portal.Lead, DatasetPortal.Request("crm_like", schema));

        await using var team = new NpgsqlConnection(await Portal.LoginAsync(Portal.Lead));
        await team.OpenAsync(Cancellation);
        // About as many rows, the same shares and ranges, what leads to others leads there.
        (string Sql, double Least, double Most)[] like =
        [
            ("select count(*) from SCHEMA.customer", 600, 600), ("select count(*) from SCHEMA.purchase", 1900, 2200), ("select count(*) from SCHEMA.employee", 20, 20),
            ("select avg((gender = 'f')::int) from SCHEMA.customer", .4, .6), ("select avg((phone is null)::int) from SCHEMA.customer", .03, .1),
            ("select avg((shipped_at is null)::int) from SCHEMA.purchase", .14, .26), ("select avg(amount) from SCHEMA.purchase", 45, 65), ("select min(amount) from SCHEMA.purchase", 10, 15), ("select max(amount) from SCHEMA.purchase", 94, 99.99),
            ("select avg(quantity) from SCHEMA.purchase_line", 2.2, 3.2), ("select avg(lines) from (select count(*) lines from SCHEMA.purchase_line group by purchase_id) one", 1.6, 2.4),
            ("select count(*) from SCHEMA.purchase left join SCHEMA.customer using (customer_no) where customer.id is null", 0, 0), ("select count(*) from SCHEMA.newsletter where email !~ '@'", 0, 0),
        ];
        foreach (var (sql, least, most) in like)
        {
            var value = await NumberAsync(team, sql.Replace("SCHEMA", "checkout_crm_like", StringComparison.Ordinal));
            Assert.True(value >= least && value <= most, $"{sql}: {value}, wanted {least} to {most}");
        }

        foreach (var entity in import.Document!.Entities)
            Assert.Equal((entity.Name, 0), (entity.Name, await NumberAsync(team, $"select count(*) from checkout_crm_like.{entity.Name} one where one::text ~* '{CustomerDatabase.Pattern}'")));
    }

    private static async Task<double> NumberAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand($"select ({sql})::float8", connection);
        return (double)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
