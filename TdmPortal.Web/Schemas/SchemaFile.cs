using System.Globalization;
using Microsoft.AspNetCore.Components.Forms;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas;

/// <summary>A schema file that somebody chose in the browser.</summary>
public static class SchemaFile
{
    /// <summary>All problems of form and of content; nothing beyond the size limit is taken into memory.</summary>
    public static async Task<SchemaReadResult> ReadAsync(IBrowserFile file, CancellationToken cancellation)
    {
        if (file.Size > SchemaReader.MaxBytes)
        {
            return new(null, [new("", "schema.too_large", string.Create(CultureInfo.InvariantCulture, $"The file has {file.Size / 1048576.0:N1} MB; a schema has at most {SchemaReader.MaxBytes / 1048576} MB.")) { SuggestedActions = ["Check that it is a schema file and not a data file."] }]);
        }

        await using var stream = file.OpenReadStream(SchemaReader.MaxBytes, cancellation);
        return await SchemaReader.ReadAndValidateAsync(stream, cancellation);
    }
}
