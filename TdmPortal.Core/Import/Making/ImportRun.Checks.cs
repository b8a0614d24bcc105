using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>Checks of tables and domains: to facts of columns, to constraints, or to what is not understood.</summary>
internal sealed partial class ImportRun
{
    public void ReadChecks()
    {
        foreach (var table in Tables)
        {
            foreach (var column in table.Columns.Where(column => column is { IsSkipped: false, Source.Generated: not null }))
                Compute(table, column, column.Source.Generated!);
            var states = new List<(ServerExpression, bool)>();
            foreach (var check in table.Source.Checks)
                ReadCheck(table, check, new(table), $"{table.Entity}_check", states);
            foreach (var column in table.Columns.Where(column => column is { IsSkipped: false, Type.IsArray: false }))
            {
                foreach (var check in column.Type.Checks)
                    ReadCheck(table, check with { Columns = [column.Source.Name] }, new(table, column), $"{column.Field}_{check.Name}", []);
            }

            foreach (var column in table.Columns.Where(column => column is { IsSkipped: false, Type: { IsArray: true, ElementChecks.Count: > 0 } }))
                ReadElements(table, column);
            new NullStates(new(table)).Settle(states);
        }
    }

    /// <summary>A column that the database computes, as a field that is computed alike.</summary>
    private void Compute(ImportTable table, ImportColumn column, string generated)
    {
        try
        {
            if (ServerParser.TryParse(generated) is not { } expression)
                throw new UntranslatableException("it has a form that is not read");
            Settle(column, "expression", [("value", new CheckTranslator(table).Write(expression))], "the database computes it", 0.98);
            column.NullPercent = 0;
        }
        catch (UntranslatableException untranslatable)
        {
            Missed(table, column.Source.Name, generated, $"It is computed in a way that the document has no words for: {untranslatable.Message}.", [column.Source.Name]);
        }
    }

    /// <summary>Checks of a list's elements bound what each is made from; a constraint has no words for them.</summary>
    private void ReadElements(ImportTable table, ImportColumn column)
    {
        var element = new ImportColumn(table, column.Source, column.Field, column.Type with { IsArray = false });
        var facts = new FactReader(new(table, element));
        foreach (var check in column.Type.ElementChecks)
        {
            if (ServerParser.TryParse(check.Expression) is not { } expression || !facts.Take(expression))
                Missed(table, check.Name, check.Expression, "It is asked of each element of a list, in a form that is not kept to.", [column.Source.Name]);
        }

        column.Element = element;
    }

    private readonly List<(ImportLink Kept, ImportLink Moved)> unequal = [];

    /// <summary><c>from_id &lt;&gt; to_id</c>, both pointing to one table: one of the two stays null, or is the key after the other's.</summary>
    private bool Differ(ImportTable table, ServerExpression part, CheckTranslator translator)
    {
        if (part is ServerLogical { IsAnd: false } any && any.Operands.Where(one => one is not ServerNullTest { Negated: false }).ToList() is [var stated])
            part = stated;
        if (part is ServerBinary { Operator: ">" } turned)
            part = new ServerBinary("<", turned.Right, turned.Left);
        if (part is not ServerBinary { Operator: "<>" or "<" } differ || translator.Bare(differ.Left) is not { } left || translator.Bare(differ.Right) is not { } right)
            return false;
        var kept = table.Links.Find(link => link.Columns is [var only] && only == left);
        var moved = table.Links.Find(link => link.Columns is [var only] && only == right);
        if (kept is null || moved is null || kept.Parent != moved.Parent)
            return false;
        if ((kept.CanBeNull && !moved.CanBeNull) || (differ.Operator == "<>" && !moved.CanBeNull && table.Keys.Any(key => key is [var single] && single == moved!.Columns[0])))
            (kept, moved) = (moved, kept);
        if (moved.CanBeNull)
        {
            moved.NullPercent = 100;
            return true;
        }

        table.Links.Remove(moved);
        unequal.Add((kept, moved));
        if (differ.Operator == "<")
            isOrdered.Add(kept);
        // Who is next to whom follows from the first alone, so that one tells pairs apart.
        if (table.Keys.Any(key => key.Contains(kept.Columns[0]) && key.Contains(moved.Columns[0])) && !table.Unique.Exists(key => key is [var only] && only == kept.Columns[0]))
            table.Unique.Add([kept.Columns[0]]);
        return true;
    }

    private void ReadCheck(ImportTable table, DatabaseCheck check, CheckTranslator translator, string ifUnnamed, List<(ServerExpression, bool)> states)
    {
        if (ServerParser.TryParse(check.Expression) is not { } expression)
        {
            Missed(table, check.Name, check.Expression, "It has a form that is not read.", check.Columns);
            return;
        }

        if (ServerColumns.Of(expression).Select(table.Column).OfType<ImportColumn>().Any(column => column.IsSkipped))
        {
            Missed(table, check.Name, check.Expression, "It reads a column that the server computes.", check.Columns);
            return;
        }

        var facts = new FactReader(translator);
        var kept = new List<string>();
        var isWhole = true;
        string? why = null;
        foreach (var part in expression is ServerLogical { IsAnd: true } all ? all.Operands : [expression])
        {
            var holds = facts.Take(part) | Differ(table, part, translator);
            try
            {
                var text = translator.Write(part);
                kept.Add(part is ServerLogical { IsAnd: false } ? $"({text})" : text);
            }
            catch (UntranslatableException untranslatable)
            {
                if (!holds)
                    (isWhole, why) = (false, untranslatable.Message);
            }
        }

        if (!isWhole)
            Missed(table, check.Name, check.Expression, $"It is no constraint here: {why}.", check.Columns);
        states.Add((expression, isWhole));
        if (kept.Count == 0)
            return;
        var name = LegalNames.Distinct(LegalNames.ToLegal(check.Name.Length > 0 ? check.Name : ifUnnamed, "check"), constraintNames);
        table.Constraints.Add(new(name, table.Entity, kept is [['(', .., ')'] only] && expression is ServerLogical ? only[1..^1] : string.Join(" and ", kept)));
        Origins[name] = (table, check);
    }
}
