using Microsoft.AspNetCore.Components.Forms;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Masking;

/// <summary>Reads a policy file that somebody chose in the browser.</summary>
public static class PolicyUpload
{
    /// <returns>The policy, null where it cannot be read; all that is wrong with its form.</returns>
    /// <exception cref="PortalException">masking.bad_file: too large, or the browser gave it up.</exception>
    public static async Task<(MaskingPolicy? Policy, IReadOnlyList<SchemaProblem> Problems)> ReadAsync(IBrowserFile file)
    {
        try
        {
            using var bytes = new MemoryStream();
            await using (var stream = file.OpenReadStream(MaskingPolicyFile.MaxBytes))
                await stream.CopyToAsync(bytes);
            var read = MaskingPolicyFile.Read(bytes.ToArray());
            // What it says of columns is checked against the source, in the editor.
            return read.Policy is null ? (null, read.Problems) : (read.Policy, [.. read.Problems, .. MaskingPolicyValidator.Validate(null, read.Policy)]);
        }
        catch (IOException exception)
        {
            throw new PortalException("masking.bad_file", $"The file is larger than {Figures.Bytes(MaskingPolicyFile.MaxBytes)}, or could not be read.", exception);
        }
    }
}
