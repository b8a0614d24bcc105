using Microsoft.JSInterop;

namespace TdmPortal.Web.Controls;

/// <summary>Puts text on the browser's clipboard and says so.</summary>
public sealed class Clipboard(IJSRuntime script, Toasts toasts) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <param name="done">What the notice says.</param>
    public async Task CopyAsync(string text, string done)
    {
        module ??= await script.InvokeAsync<IJSObjectReference>("import", "./js/datasets.js");
        if (await module.InvokeAsync<bool>("copyText", text))
            toasts.Success(done);
        else
            toasts.Warning("The browser refused access to the clipboard", "Allow it for this address and try again.");
    }

    public async ValueTask DisposeAsync()
    {
        if (module is null)
            return;
        try
        {
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its modules with it.
        }
    }
}
