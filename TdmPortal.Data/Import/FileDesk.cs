using TdmPortal.Core.Errors;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Import;

/// <summary>Looks into uploaded files. What is found of rows themselves stays in memory, with the upload.</summary>
public sealed class FileDesk(UploadVault vault)
{
    /// <summary>Reads a file to its end: dialect, columns with their types, bad lines. Asked again in the same way it answers at once.</summary>
    /// <param name="progress">Told how many bytes were read.</param>
    /// <exception cref="PortalException">upload.gone, file.bad_line, file.empty, file.format</exception>
    public Task<InspectedFile> InspectAsync(Actor actor, Guid upload, FileDialect? dialect, BadLinePolicy badLines, Action<long>? progress, CancellationToken cancellation)
    {
        var found = vault.Get(actor, upload);
        return Task.Run(() => Inspect(actor.TeamId, new ImportFile(upload, found.Name, dialect, []), badLines, progress, cancellation), cancellation);
    }

    /// <summary>A small text, such as DDL or a JSON Schema.</summary>
    /// <exception cref="PortalException">upload.gone, import.too_large</exception>
    internal string ReadText(Guid team, ImportFile file)
    {
        const int MostBytes = 50 << 20;
        using var stream = vault.Open(team, file.Upload);
        if (stream.Length > MostBytes)
            throw new PortalException("import.too_large", $"{file.Name} has more than 50 MB, too much for a description of structure.") { SuggestedActions = ["Leave the rows out of the dump: pg_dump --schema-only"] };
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A file as it was inspected, with the types that were chosen.</summary>
    internal InspectedFile Inspect(Guid team, ImportFile file, BadLinePolicy badLines, Action<long>? progress, CancellationToken cancellation)
    {
        var inspected = vault.Inspected(team, file.Upload, file.Dialect, badLines, () => FileInspection.Inspect(file.Name, () => vault.Open(team, file.Upload), file.Dialect, new InspectionOptions { BadLines = badLines, Progress = progress }, cancellation));
        return file.Columns.Count == 0 ? inspected : inspected with { Entities = [.. inspected.Entities.Select(entity => entity with { Columns = [.. entity.Columns.Select(column => Retype(entity, column))] })] };

        InspectedColumn Retype(InspectedEntity entity, InspectedColumn column) => file.Columns.FirstOrDefault(chosen => chosen.Entity == entity.Name && chosen.Column == column.Original) is { } chosen
            ? column with { Type = chosen.Type, Form = chosen.Form, Precision = chosen.Type == FieldType.Decimal ? column.Precision ?? 18 : null, Scale = chosen.Type == FieldType.Decimal ? column.Scale ?? 2 : null }
            : column;
    }
}
