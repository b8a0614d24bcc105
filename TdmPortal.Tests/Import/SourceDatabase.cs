using Npgsql;
using TdmPortal.Data.Import;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Another database on the tests' server, with a role that may read it.</summary>
internal sealed class SourceDatabase
{
    public const string Password = "reads-0nly";

    /// <summary>Planted in its rows: must be nowhere in the portal.</summary>
    public const string Planted = "anna.lindqvist@original.example";

    private readonly NpgsqlConnectionStringBuilder administrator;
    private readonly string role;

    private SourceDatabase(string connection, string role)
    {
        administrator = new NpgsqlConnectionStringBuilder(connection);
        this.role = role;
    }

    /// <summary>For the role that may read.</summary>
    public SourceSettings Settings => new() { Host = "127.0.0.1", Port = administrator.Port, Database = administrator.Database!, UserName = role, Tls = TlsMode.None };

    public SourceSettings AsAdministrator => Settings with { UserName = administrator.Username! };

    public string AdministratorsPassword => administrator.Password!;

    public static async Task<SourceDatabase> CreateAsync(DatabaseServer server)
    {
        var connection = await server.CreateEmptyDatabaseAsync();
        var made = new SourceDatabase(connection, "reader_of_" + new NpgsqlConnectionStringBuilder(connection).Database);
        await made.ExecuteAsync($"""
            create table customer (id int generated always as identity primary key, email varchar(120) not null unique, full_name text not null, born date, tier varchar(10) not null check (tier in ('bronze', 'silver', 'gold')));
            create table "order" (id int primary key, customer_id int not null references customer, placed_on date not null, total numeric(10,2) not null check (total > 0));
            create table closed (id int primary key);
            insert into customer (email, full_name, born, tier) select case when n = 7 then '{Planted}' else 'p' || n || '@example.org' end, 'Person ' || n, date '1970-01-01' + n, (array['bronze','silver','gold'])[1 + n % 3] from generate_series(1, 50) n;
            insert into "order" select n, 1 + n % 50, date '2024-01-01' + n, n from generate_series(1, 200) n;
            create role {made.role} login password '{Password}';
            grant select on customer, "order" to {made.role};
            analyze;
            """);
        return made;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
