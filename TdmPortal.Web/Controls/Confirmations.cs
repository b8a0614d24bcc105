using Radzen;

namespace TdmPortal.Web.Controls;

/// <summary>Asks before what cannot be undone. Where an undo is possible, do it at once and use <see cref="Toasts.Undo"/> instead.</summary>
public sealed class Confirmations(DialogService dialogs)
{
    /// <param name="text">What will happen, and to what.</param>
    /// <param name="confirm">The action in its own words: "Delete shop".</param>
    /// <param name="typeToConfirm">What must be typed first, for what many depend on.</param>
    public async Task<bool> AskAsync(string title, string text, string confirm, string? typeToConfirm = null)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ConfirmDialog.Text)] = text,
            [nameof(ConfirmDialog.Confirm)] = confirm,
            [nameof(ConfirmDialog.TypeToConfirm)] = typeToConfirm,
        };
        return await dialogs.OpenAsync<ConfirmDialog>(title, parameters!, new DialogOptions { Width = "min(30rem, 94vw)", AutoFocusFirstElement = true, CloseDialogOnEsc = true }) is true;
    }
}
