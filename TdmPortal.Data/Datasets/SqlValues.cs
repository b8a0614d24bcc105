using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// The values of a statement, kept apart from its text. All are handed over as text and cast in the statement. COPY
/// takes no parameters, so for it they become settings of the transaction, which the statement reads.
/// </summary>
internal sealed class SqlValues(bool asSettings = false)
{
    private readonly List<string> values = [];

    /// <summary>Keeps a value.</summary>
    /// <returns>What stands for it in the statement, of type text.</returns>
    public string Add(string value)
    {
        values.Add(value);
        return asSettings ? FormattableString.Invariant($"current_setting('tdm.value{values.Count}')") : FormattableString.Invariant($"${values.Count}");
    }

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    /// <summary>Makes the values readable for a COPY in the same transaction.</summary>
    public void Set(NpgsqlConnection connection)
    {
        for (var number = 1; number <= values.Count; number++)
        {
            using var command = new NpgsqlCommand("SELECT set_config($1, $2, true)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = "tdm.value" + number.ToString(CultureInfo.InvariantCulture) });
            command.Parameters.Add(new NpgsqlParameter { Value = values[number - 1] });
            command.ExecuteNonQuery();
        }
    }
}
