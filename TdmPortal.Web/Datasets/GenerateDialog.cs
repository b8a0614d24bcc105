using Microsoft.AspNetCore.Components;
using Radzen;

namespace TdmPortal.Web.Datasets;

/// <summary>Opens the Generate form over any page.</summary>
public static class GenerateDialog
{
    /// <returns>The started job's id, null when it was cancelled.</returns>
    public static async Task<Guid?> OpenGenerateAsync(this DialogService dialogs, Guid? schemaId, string? datasetName = null)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(GenerateEditor.SchemaId)] = schemaId,
            [nameof(GenerateEditor.DatasetName)] = datasetName,
            [nameof(GenerateEditor.OnStarted)] = EventCallback.Factory.Create<Guid>(dialogs, job => dialogs.Close(job)),
            [nameof(GenerateEditor.OnCancelled)] = EventCallback.Factory.Create(dialogs, () => dialogs.Close(null)),
        };
        return await dialogs.OpenAsync<GenerateEditor>("Generate", parameters, new DialogOptions { Width = "min(64rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) as Guid?;
    }
}
