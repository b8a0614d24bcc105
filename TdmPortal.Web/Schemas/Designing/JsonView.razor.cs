using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Designing;

/// <summary>The document as text. The text travels as a stream, because it may be longer than a message of the circuit.</summary>
public sealed partial class JsonView : IAsyncDisposable
{
    private ElementReference text;
    // A component may be removed while its script is still on the way; nothing of it may run then, its element is gone.
    private readonly CancellationTokenSource gone = new();
    private IJSObjectReference? module;
    private SchemaDocument? read;
    private IReadOnlyList<SchemaProblem> problems = [];
    private bool refused;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public DesignerSession Session { get; set; } = null!;
    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter] public bool ReadOnly { get; set; }

    private bool behind => read is not null && !ReferenceEquals(read, Document);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./js/schema-designer.js");
        await ResetAsync();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private async Task ResetAsync()
    {
        read = Document;
        problems = [];
        using var stream = new MemoryStream(SchemaWriter.Write(Document));
        using var reference = new DotNetStreamReference(stream);
        await module!.InvokeVoidAsync("writeText", text, reference);
    }

    private async Task ApplyAsync()
    {
        var reference = await module!.InvokeAsync<IJSStreamReference>("readText", text);
        await using var stream = await reference.OpenReadStreamAsync(SchemaReader.MaxBytes + 1L);
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        var result = SchemaReader.Read(buffer.ToArray());
        refused = result.Document is null || result.Problems.Any(p => p.Severity == ProblemSeverity.Error);
        if (refused)
        {
            problems = SchemaReader.ReadAndValidate(buffer.ToArray()).Problems;
            return;
        }

        problems = [.. result.Problems, .. SchemaValidator.Validate(result.Document!)];
        Session.Apply("Edit as JSON", d => SchemaWriter.Write(d).AsSpan().SequenceEqual(SchemaWriter.Write(result.Document!)) ? d : result.Document!);
        read = Session.Document;
    }
}
