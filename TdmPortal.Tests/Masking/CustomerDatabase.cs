using Npgsql;
using TdmPortal.Data.Import;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>The customer database of customers.sql on a server, with a role that may read it.</summary>
internal sealed class CustomerDatabase
{
    public const string Password = "reads-0nly";

    /// <summary>Every original that is a text holds one of these, in some case: long enough to come up in no masked value.</summary>
    public static readonly string[] Planted = [.. new[] { "anna", "maria", "julia", "peter", "paul", "tom", "schmidt", "weber", "koch", "gasse", "stadt", "mail", "boris", "chef", "firm" }.Select(name => "zqx" + name)];

    /// <summary>As a regular expression.</summary>
    public static readonly string Pattern = string.Join('|', Planted);

    private readonly NpgsqlConnectionStringBuilder administrator;

    private CustomerDatabase(string connection) => administrator = new(connection);

    public SourceSettings Settings => new() { Host = "127.0.0.1", Port = administrator.Port, Database = administrator.Database!, UserName = Role, Tls = TlsMode.None };

    private string Role => "reader_of_" + administrator.Database;

    /// <param name="connection">The administrator's, of an empty database.</param>
    public static async Task<CustomerDatabase> CreateAsync(string connection)
    {
        var made = new CustomerDatabase(connection);
        await made.ExecuteAsync(await File.ReadAllTextAsync(Repository.PathOf("TdmPortal.Tests", "Masking", "customers.sql"), TestContext.Current.CancellationToken));
        await made.ExecuteAsync($"create role {made.Role} login password '{Password}'; grant usage on schema crm to {made.Role}; grant select on all tables in schema crm to {made.Role}");
        return made;
    }

    public Task ExecuteAsync(string sql) => AskAsync(sql, static command => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

    /// <summary>Some accounts, whole: no masked one is like them by coincidence.</summary>
    public Task<string[]> IbansAsync() => AskAsync("select array_agg(iban) from (select iban from crm.customer order by id limit 20) few", static async command => (string[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

    public Task<long> CountAsync(string sql) => AskAsync(sql, static async command => (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

    /// <summary>A session of its own, for locks.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> work)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await work(command);
    }
}
