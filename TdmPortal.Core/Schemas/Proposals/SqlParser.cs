using System.Globalization;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>
/// Reads CREATE TABLE, ALTER TABLE … ADD CONSTRAINT, CREATE UNIQUE INDEX, CREATE TYPE … AS ENUM and COMMENT ON in the
/// habits of PostgreSQL, MySQL, SQL Server and SQLite. Other statements are passed over; what it cannot read inside of
/// a table becomes a problem with its line.
/// </summary>
internal sealed class SqlParser(string sql, ProblemList problems)
{
    private readonly SqlTokens tokens = new(SqlLexer.Read(sql));
    private readonly Dictionary<string, List<string>> enumerations = new(StringComparer.OrdinalIgnoreCase);

    public List<SqlTable> Tables { get; } = [];

    public void Read()
    {
        while (!tokens.IsAtEnd)
        {
            if (tokens.TryTakeSymbol(";") || tokens.TryTake("GO"))
                continue;
            if (tokens.TryTake("CREATE"))
                Create();
            else if (tokens.TryTakeAll("ALTER", "TABLE"))
                AlterTable();
            else if (tokens.TryTakeAll("COMMENT", "ON"))
                Comment();
            tokens.SkipStatement();
        }
    }

    public SqlTable? Table(string name) => Tables.Find(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Problem(int line, string code, string message, params ReadOnlySpan<string> actions) =>
        problems.Warning(string.Create(CultureInfo.InvariantCulture, $"line {line}"), code, message, actions);

    private void Create()
    {
        while (tokens.Current.Is("GLOBAL") || tokens.Current.Is("LOCAL") || tokens.Current.Is("TEMP") || tokens.Current.Is("TEMPORARY") || tokens.Current.Is("UNLOGGED") || tokens.Current.Is("OR") || tokens.Current.Is("REPLACE"))
            tokens.Take();
        if (tokens.TryTake("TABLE"))
            CreateTable();
        else if (tokens.TryTakeAll("UNIQUE"))
            CreateUniqueIndex();
        else if (tokens.TryTake("TYPE") && tokens.TryTakeName() is { } type && tokens.TryTakeAll("AS", "ENUM"))
            enumerations[type.Name] = [.. tokens.TakeBracketed().Where(token => token.Kind == SqlTokenKind.Text).Select(token => token.Text)];
    }

    private void CreateTable()
    {
        tokens.TryTakeAll("IF", "NOT", "EXISTS");
        var line = tokens.Current.Line;
        if (tokens.TryTakeName() is not { } name)
        {
            Problem(line, "sql.table_name", "A table's name is expected after CREATE TABLE.");
            return;
        }

        if (!tokens.Current.IsSymbol("("))
        {
            Problem(line, "sql.no_columns", $"The table {name.Name} has no list of columns here (AS, LIKE, PARTITION OF and the like are not read).", "Paste its full definition");
            return;
        }

        if (Table(name.Name) is not null)
        {
            Problem(line, "sql.twice", $"The table {name.Name} is created twice; the first one counts.");
            return;
        }

        var table = new SqlTable(name.Schema, name.Name, line);
        foreach (var part in SqlTokens.Split(tokens.TakeBracketed()))
        {
            if (part.Count > 0)
                new SqlTableElement(table, SqlTokens.Of(part, line), enumerations, Problem).Read();
        }

        if (table.Columns.Count == 0)
            Problem(line, "sql.no_columns", $"The table {name.Name} has no columns that could be read.");
        else
            Tables.Add(table);
        // MySQL writes the table's comment among its options.
        while (!tokens.IsAtEnd && !tokens.Current.IsSymbol(";") && !tokens.Current.Is("CREATE"))
        {
            if (tokens.TryTake("COMMENT") && (tokens.TryTakeSymbol("=") || tokens.Current.Kind == SqlTokenKind.Text))
                table.Comment = tokens.Current.Kind == SqlTokenKind.Text ? tokens.Take().Text : null;
            else if (tokens.Current.Is("GO"))
                break;
            else
                tokens.Take();
        }
    }

    private void AlterTable()
    {
        tokens.TryTakeAll("IF", "EXISTS");
        tokens.TryTake("ONLY");
        var line = tokens.Current.Line;
        if (tokens.TryTakeName() is not { } name)
            return;
        if (Table(name.Name) is not { } table)
        {
            Problem(line, "sql.unknown_table", $"ALTER TABLE names {name.Name}, which was not created above.");
            return;
        }

        tokens.TryTakeAll("WITH", "CHECK");
        tokens.TryTakeAll("WITH", "NOCHECK");
        var rest = new List<SqlToken>();
        while (!tokens.IsAtEnd && !tokens.Current.IsSymbol(";") && !tokens.Current.Is("GO") && !(tokens.Current.Is("ALTER") && tokens.Next.Is("TABLE")) && !(tokens.Current.Is("CREATE") && rest.Count > 0))
            rest.Add(tokens.Take());
        foreach (var part in SqlTokens.Split(rest))
        {
            var action = SqlTokens.Of(part, line);
            if (action.TryTake("ADD") || (rest.Count > 0 && rest[0].Is("ADD")))
            {
                action.TryTake("COLUMN");
                action.TryTakeAll("IF", "NOT", "EXISTS");
                new SqlTableElement(table, action, enumerations, Problem).Read();
            }
            else if (action.TryTake("ALTER") && AlterColumn(table, action))
            {
                // PostgreSQL's dumps set NOT NULL, defaults and identity of a column so.
            }
        }
    }

    private static bool AlterColumn(SqlTable table, SqlTokens action)
    {
        action.TryTake("COLUMN");
        if (action.TryTakeName() is not { } name || table.Column(name.Name) is not { } column)
            return false;
        if (action.TryTakeAll("SET", "NOT", "NULL"))
            column.NotNull = true;
        else if (action.TryTakeAll("SET", "DEFAULT", "nextval") || action.TryTakeAll("ADD", "GENERATED"))
            column.IsIdentity = true;
        return true;
    }

    private void CreateUniqueIndex()
    {
        while (!tokens.IsAtEnd && !tokens.Current.Is("ON") && !tokens.Current.IsSymbol(";"))
            tokens.Take();
        if (!tokens.TryTake("ON"))
            return;
        tokens.TryTake("ONLY");
        if (tokens.TryTakeName() is not { } name || Table(name.Name) is not { } table)
            return;
        if (tokens.TryTake("USING"))
            tokens.Take();
        var line = tokens.Current.Line;
        var inside = tokens.TakeBracketed();
        var isPartial = tokens.Current.Is("WHERE");
        if (isPartial || inside.Exists(token => token.IsSymbol("(")))
            Problem(line, "sql.index", $"A unique index of {name.Name} over {(isPartial ? "some rows" : "an expression")} is not kept.");
        else
            table.Unique.Add([.. SqlTokens.Split(inside).Where(part => part.Count > 0 && part[0].IsName).Select(part => part[0].Text)]);
    }

    private void Comment()
    {
        var isColumn = tokens.TryTake("COLUMN");
        if (!isColumn && !tokens.TryTake("TABLE"))
            return;
        var parts = new List<string>();
        while (tokens.Current.IsName && !tokens.Current.Is("IS"))
        {
            parts.Add(tokens.Take().Text);
            tokens.TryTakeSymbol(".");
        }

        if (!tokens.TryTake("IS") || tokens.Current.Kind != SqlTokenKind.Text || parts.Count < (isColumn ? 2 : 1))
            return;
        var table = Table(parts[isColumn ? ^2 : ^1]);
        if (isColumn && table?.Column(parts[^1]) is { } column)
            column.Comment = tokens.Current.Text;
        else if (!isColumn && table is not null)
            table.Comment = tokens.Current.Text;
    }
}
