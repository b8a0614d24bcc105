using System.Globalization;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Reports something that was not understood.</summary>
internal delegate void SqlProblem(int line, string code, string message, params ReadOnlySpan<string> actions);

/// <summary>One element of a CREATE TABLE: a column with its constraints, or a constraint of the table.</summary>
internal sealed class SqlTableElement(SqlTable table, SqlTokens tokens, IReadOnlyDictionary<string, List<string>> enumerations, SqlProblem problem)
{
    private static readonly string[] ColumnWords =
    [
        "NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK", "IDENTITY", "AUTO_INCREMENT", "AUTOINCREMENT", "GENERATED", "AS", "COMMENT", "COLLATE", "CONSTRAINT", "CHARACTER",
        "CHARSET", "ON", "KEY", "SPARSE", "ROWGUIDCOL", "STORED", "VIRTUAL", "PERSISTED", "UNSIGNED", "SIGNED", "ZEROFILL", "INVISIBLE", "VISIBLE", "DEFERRABLE", "INITIALLY", "MATCH", "STORAGE", "COMPRESSION", "ENCODE",
    ];

    public void Read()
    {
        string? name = null;
        if (tokens.TryTake("CONSTRAINT"))
            name = tokens.Current.IsName && !IsConstraint() ? tokens.Take().Text : null;
        if (tokens.Current.Kind == SqlTokenKind.Word && (name is not null || IsConstraint()))
            Constraint(name);
        else
            Column();
    }

    private bool IsConstraint() => tokens.Current.Kind == SqlTokenKind.Word && tokens.Current.Text.ToUpperInvariant() switch
    {
        "PRIMARY" or "FOREIGN" => tokens.Next.Is("KEY"),
        "UNIQUE" => tokens.Next.IsSymbol("(") || tokens.Next.Is("KEY") || tokens.Next.Is("INDEX") || tokens.Next.Is("CLUSTERED") || tokens.Next.Is("NONCLUSTERED") || tokens.Next.Is("NULLS") || tokens.Next.IsName,
        "CHECK" or "EXCLUDE" => tokens.Next.IsSymbol("(") || tokens.Next.Is("USING"),
        "KEY" or "INDEX" => tokens.Next.IsSymbol("(") || tokens.Next.IsName,
        "FULLTEXT" or "SPATIAL" => tokens.Next.Is("KEY") || tokens.Next.Is("INDEX"),
        "LIKE" => tokens.Next.IsName,
        "PERIOD" => tokens.Next.Is("FOR"),
        _ => false,
    };

    private void Constraint(string? name)
    {
        var line = tokens.Current.Line;
        if (tokens.TryTakeAll("PRIMARY", "KEY"))
        {
            SkipToBracket();
            table.PrimaryKey = tokens.TakeColumns();
        }
        else if (tokens.TryTake("UNIQUE"))
        {
            SkipToBracket();
            table.Unique.Add(tokens.TakeColumns());
        }
        else if (tokens.TryTakeAll("FOREIGN", "KEY"))
        {
            if (tokens.Current.IsName)
                name ??= tokens.Take().Text;
            ForeignKey(name, tokens.TakeColumns(), line);
        }
        else if (tokens.TryTake("CHECK"))
        {
            table.Checks.Add(new(name, tokens.TakeBracketed(), line));
        }
        else if (tokens.Current.Is("EXCLUDE") || tokens.Current.Is("LIKE"))
        {
            problem(line, "sql.not_kept", $"{tokens.Current.Text.ToUpperInvariant()} in {table.Name} is not kept: the schema has no word for it.");
        }
        // An index that is not unique says nothing about the data.
    }

    private void SkipToBracket()
    {
        while (!tokens.IsAtEnd && !tokens.Current.IsSymbol("("))
            tokens.Take();
    }

    private void ForeignKey(string? name, List<string> columns, int line)
    {
        if (!tokens.TryTake("REFERENCES") || tokens.TryTakeName() is not { } parent)
        {
            problem(line, "sql.foreign_key", $"A foreign key of {table.Name} names no table.");
            return;
        }

        table.ForeignKeys.Add(new(name, columns, parent.Schema, parent.Name, tokens.Current.IsSymbol("(") ? tokens.TakeColumns() : [], line));
    }

    private void Column()
    {
        if (!tokens.Current.IsName)
        {
            problem(tokens.Current.Line, "sql.column", $"A column of {table.Name} is expected here, but \"{tokens.Current.Text}\" stands.");
            return;
        }

        var name = tokens.Take();
        if (table.Column(name.Text) is not null)
        {
            problem(name.Line, "sql.twice", $"{table.Name} has two columns called {name.Text}; the first one counts.");
            return;
        }

        var column = new SqlColumn(name.Text, name.Line, Type(name));
        column.IsIdentity = column.Type.IsIdentity;
        column.NotNull = column.Type.IsIdentity;
        table.Columns.Add(column);
        string? constraint = null;
        while (!tokens.IsAtEnd)
            constraint = ColumnConstraint(column, constraint);
    }

    private SqlColumnType Type(SqlToken column)
    {
        // SQLite allows a column without a type, SQL Server a computed one.
        if (tokens.IsAtEnd || (tokens.Current.Kind == SqlTokenKind.Word && ColumnWords.Contains(tokens.Current.Text.ToUpperInvariant(), StringComparer.Ordinal)))
            return new(FieldType.String);
        var start = tokens.Current;
        var name = tokens.TryTakeName()?.Name.ToLowerInvariant() ?? tokens.Take().Text;
        while (tokens.Current.Kind == SqlTokenKind.Word && SqlTypes.GoesOn(name, tokens.Current.Text.ToLowerInvariant()))
            name += " " + tokens.Take().Text.ToLowerInvariant();
        var inside = tokens.Current.IsSymbol("(") ? tokens.TakeBracketed() : [];
        while (tokens.Current.Kind == SqlTokenKind.Word && SqlTypes.GoesOn(name, tokens.Current.Text.ToLowerInvariant()))
            name += " " + tokens.Take().Text.ToLowerInvariant();
        var isArray = tokens.TryTake("ARRAY");
        while (tokens.TryTakeSymbol("["))
        {
            isArray = true;
            while (!tokens.IsAtEnd && !tokens.TryTakeSymbol("]"))
                tokens.Take();
        }

        if (name is "enum" or "set")
            return Choices([.. inside.Where(token => token.Kind == SqlTokenKind.Text).Select(token => token.Text)], isArray || name == "set");
        if (enumerations.TryGetValue(name, out var values))
            return Choices(values, isArray);
        var sizes = inside.Where(token => token.Kind == SqlTokenKind.Number).Select(token => SqlTypes.Size(token.Text)).ToList();
        if (SqlTypes.Of(name, sizes) is { } known)
            return known with { IsArray = isArray };
        problem(start.Line, "sql.unknown_type", $"{table.Name}.{column.Text}: the type {start.Text} is not known; the field is text.", "Choose the field's type in the designer");
        return new(FieldType.String, IsArray: isArray);
    }

    private static SqlColumnType Choices(IReadOnlyList<string> values, bool isArray) =>
        new(FieldType.String, MaxLength: values.Count > 0 ? Math.Max(1, values.Max(value => value.Length)) : null, IsArray: isArray, Choices: values.Count == 0 ? null : values);

    /// <summary>One constraint of a column; returns the name that CONSTRAINT gave to the next.</summary>
    private string? ColumnConstraint(SqlColumn column, string? name)
    {
        var line = tokens.Current.Line;
        if (tokens.TryTake("CONSTRAINT"))
            return tokens.Current.IsName ? tokens.Take().Text : null;
        if (tokens.TryTakeAll("NOT", "NULL"))
            column.NotNull = true;
        else if (tokens.TryTakeAll("PRIMARY", "KEY"))
            table.PrimaryKey = [column.Name];
        else if (tokens.TryTake("UNIQUE"))
            table.Unique.Add([column.Name]);
        else if (tokens.Current.Is("REFERENCES"))
            ForeignKey(name, [column.Name], line);
        else if (tokens.TryTake("CHECK"))
            table.Checks.Add(new(name, tokens.TakeBracketed(), line));
        else if (tokens.TryTake("IDENTITY"))
            Identity(column);
        else if (tokens.TryTake("AUTO_INCREMENT") || tokens.TryTake("AUTOINCREMENT") || tokens.TryTakeAll("DEFAULT", "nextval"))
            column.IsIdentity = true;
        else if (tokens.TryTake("GENERATED"))
            Generated(column);
        else if (tokens.Current.Is("AS") && tokens.Next.IsSymbol("("))
            Computed(column);
        else if (tokens.TryTake("COMMENT"))
            column.Comment = tokens.Current.Kind == SqlTokenKind.Text ? tokens.Take().Text : null;
        else if (tokens.TryTake("DEFAULT"))
            SkipDefault();
        else
            tokens.Take();
        return null;
    }

    private void Identity(SqlColumn column)
    {
        column.IsIdentity = true;
        var numbers = tokens.TakeBracketed().Where(token => token.Kind == SqlTokenKind.Number).Select(token => long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1).ToList();
        if (numbers is [var start, var step])
            (column.Start, column.Step) = (start, Math.Max(1, step));
    }

    /// <summary>GENERATED … AS IDENTITY, or GENERATED ALWAYS AS (expression).</summary>
    private void Generated(SqlColumn column)
    {
        while (!tokens.IsAtEnd && !tokens.Current.Is("AS"))
            tokens.Take();
        if (tokens.Next.IsSymbol("("))
        {
            Computed(column);
            return;
        }

        tokens.TryTake("AS");
        tokens.TryTake("IDENTITY");
        tokens.TakeBracketed();
        column.IsIdentity = true;
    }

    private void Computed(SqlColumn column)
    {
        tokens.TryTake("AS");
        column.Computed = tokens.TakeBracketed();
    }

    /// <summary>A default goes up to the next word that begins a constraint.</summary>
    private void SkipDefault()
    {
        if (tokens.Current.IsSymbol("("))
            tokens.TakeBracketed();
        else
            tokens.Take();
        while (!tokens.IsAtEnd && !(tokens.Current.Kind == SqlTokenKind.Word && ColumnWords.Contains(tokens.Current.Text.ToUpperInvariant(), StringComparer.Ordinal)))
        {
            if (tokens.Current.IsSymbol("("))
                tokens.TakeBracketed();
            else
                tokens.Take();
        }
    }
}
