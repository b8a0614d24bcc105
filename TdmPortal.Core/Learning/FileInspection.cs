using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality.Files;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>Looks through a sample file once, whatever its size: dialect, columns with their types, bad lines, first rows.</summary>
public static class FileInspection
{
    private const int ProgressRows = 4096;

    /// <summary>Reads the file to its end. Blocks; call it where blocking is fine.</summary>
    /// <param name="name">The file's name; its entity is called after it.</param>
    /// <param name="open">Opens it from its beginning; called a few times.</param>
    /// <param name="chosen">How it is to be read; null: that is found.</param>
    /// <exception cref="PortalException"><c>file.bad_line</c>: a line is no row and the policy says stop; <c>file.empty</c>: there are no rows; <c>file.format</c>: it is no text.</exception>
    public static InspectedFile Inspect(string name, Func<Stream> open, FileDialect? chosen = null, InspectionOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var dialect = chosen ?? DialectFinder.Find(name, open);
        // Bytes that are no UTF-8 may come late in a file that has no other sign of an encoding.
        var unsure = chosen is null && dialect is { Encoding: "utf-8", ByteOrderMark: false };
        var run = new Run(name, dialect, unsure ? options with { BadLines = BadLinePolicy.GoOn, Aside = null } : options);
        var file = run.Read(open, cancellation);
        if (!unsure || file.BadLines == 0)
            return file;
        if (run.OtherCharacters > 0 && run.Utf8Characters == 0)
            dialect = dialect with { Encoding = "windows-1252" };
        else if (options is { BadLines: BadLinePolicy.GoOn, Aside: null })
            return file;
        return new Run(name, dialect, options).Read(open, cancellation);
    }

    /// <summary>A file's name without folders and endings.</summary>
    private static string Stem(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.Length == 0 ? "rows" : stem;
    }

    private sealed class Run(string name, FileDialect dialect, InspectionOptions options)
    {
        private readonly List<BadLine> bad = [];
        private long badCount;

        /// <summary>Lines whose characters are not UTF-8.</summary>
        public long OtherCharacters { get; private set; }

        /// <summary>Characters beyond ASCII that are.</summary>
        public long Utf8Characters { get; private set; }

        public InspectedFile Read(Func<Stream> open, CancellationToken cancellation)
        {
            using var stream = dialect.Decode(open());
            return dialect.Format == FileFormat.Csv ? ReadCsv(stream, cancellation) : ReadJson(stream, JsonSections.Are(open, dialect), cancellation);
        }

        private void Bad(BadLine line, ReadOnlySpan<byte> text)
        {
            if (options.BadLines == BadLinePolicy.Stop)
            {
                throw new PortalException("file.bad_line", $"{name}, line {line.Line}: {line.Reason}. Its shape is {line.Shape}")
                {
                    SuggestedActions = ["Correct the line", "Keep bad lines aside and go on", "Choose another delimiter, quote or encoding if most lines look like this"],
                };
            }

            badCount++;
            if (line.Reason.Contains("UTF-8", StringComparison.Ordinal))
                OtherCharacters++;
            if (bad.Count < options.MostBadLines)
                bad.Add(line);
            options.Aside?.Invoke(line, text);
        }

        private InspectedFile ReadCsv(Stream stream, CancellationToken cancellation)
        {
            using var records = new CsvRecords(stream, name, dialect, null, null, Bad);
            if (records.Header.Any(text => !Ascii.IsValid(text)))
                Utf8Characters++;
            var columns = new List<ColumnTyping>();
            var first = new List<IReadOnlyList<string?>>();
            var rows = 0L;
            while (records.Next())
            {
                for (var place = columns.Count; place < records.Width; place++)
                    columns.Add(new(place < records.Header.Count && records.Header[place].Length > 0 ? records.Header[place] : $"column_{place + 1}", place, dialect));
                for (var place = 0; place < columns.Count; place++)
                    Look(columns[place], records, place);
                if (first.Count < options.FirstRows)
                    first.Add([.. Enumerable.Range(0, columns.Count).Select(place => Shown(records, place))]);
                Progress(++rows, records.Position, cancellation);
            }

            for (var place = columns.Count; place < records.Header.Count; place++)
                columns.Add(new(records.Header[place], place, dialect));
            if (columns.Count == 0)
                throw Empty();
            return File([new(LegalNames.ToLegal(Stem(name), "rows"), Stem(name), Named(columns), rows) { FirstRows = first }]) with { Width = columns.Count };
        }

        private InspectedFile ReadJson(Stream stream, bool sections, CancellationToken cancellation)
        {
            using var records = new JsonRecords(stream, name, dialect, null, sections, null, Bad);
            var found = new List<JsonEntity>();
            var rows = 0L;
            while (records.Next())
            {
                var entity = found.Find(one => one.Name == records.Section);
                if (entity is null)
                    found.Add(entity = new(records.Section));
                for (var place = 0; place < records.Names.Count; place++)
                    entity.Add(records, place, all: !sections, dialect);
                if (entity.First.Count < options.FirstRows)
                    entity.First.Add([.. entity.Columns.Select(column => Shown(records, column.Place))]);
                entity.Rows++;
                Progress(++rows, records.Position, cancellation);
            }

            found.RemoveAll(entity => entity.Columns.Count == 0);
            if (found.Count == 0)
                throw Empty();
            var taken = new HashSet<string>(StringComparer.Ordinal);
            return File([.. found.Select(entity => new InspectedEntity(LegalNames.Distinct(LegalNames.ToLegal(sections ? entity.Name : Stem(name), "rows"), taken), sections ? entity.Name : Stem(name), Named(entity.Columns), entity.Rows)
            {
                FirstRows = [.. entity.First.Select(row => row.Count == entity.Columns.Count ? row : [.. row, .. new string?[entity.Columns.Count - row.Count]])],
            })]) with { HasSections = sections };
        }

        private InspectedFile File(IReadOnlyList<InspectedEntity> entities) => new(name, dialect, entities, badCount, bad);

        private void Look(ColumnTyping column, CsvRecords records, int place)
        {
            var kind = records.Get(place, out var text);
            if (kind == CellKind.Null)
            {
                column.AddNull();
                return;
            }

            if (OtherCharacters == 0 && Utf8Characters == 0 && !Ascii.IsValid(text))
                Utf8Characters++;
            column.Add(kind, text, records.IsQuoted(place), records.Line);
        }

        private static string? Shown(FileRecords records, int place) => records.Get(place, out var text) == CellKind.Null ? null : Encoding.UTF8.GetString(text);

        private static List<InspectedColumn> Named(List<ColumnTyping> columns)
        {
            var taken = new HashSet<string>(StringComparer.Ordinal);
            return [.. columns.Select(column => column.Complete(LegalNames.Distinct(LegalNames.ToLegal(column.Original, "column"), taken)))];
        }

        private void Progress(long rows, long bytes, CancellationToken cancellation)
        {
            if (rows % ProgressRows != 0)
                return;
            cancellation.ThrowIfCancellationRequested();
            options.Progress?.Invoke(bytes);
        }

        private PortalException Empty() => new("file.empty", $"{name} has no rows{(badCount > 0 ? $"; {badCount} lines could not be read, the first because {bad[0].Reason} (line {bad[0].Line})" : "")}.")
        {
            SuggestedActions = ["Choose a file with a line of names and at least one row", "Choose another format, encoding or delimiter"],
        };
    }

    /// <summary>Rows of one list of a JSON file.</summary>
    private sealed class JsonEntity(string name)
    {
        private readonly List<ColumnTyping?> byPlace = [];

        public string Name => name;
        public List<ColumnTyping> Columns { get; } = [];
        public List<IReadOnlyList<string?>> First { get; } = [];
        public long Rows { get; set; }

        /// <summary>Looks at a cell; a name of another list becomes a column only where it has a value here.</summary>
        public void Add(JsonRecords records, int place, bool all, FileDialect dialect)
        {
            while (byPlace.Count <= place)
                byPlace.Add(null);
            var kind = records.Get(place, out var text);
            var column = byPlace[place];
            if (column is null)
            {
                if (kind == CellKind.Null && !all)
                    return;
                Columns.Add(byPlace[place] = column = new(Encoding.UTF8.GetString(records.Names[place][0]), place, dialect));
                column.AddNulls(Rows);
            }

            if (kind == CellKind.Null)
                column.AddNulls(1);
            else
                column.Add(kind, text, quoted: false, records.Line);
        }
    }
}
