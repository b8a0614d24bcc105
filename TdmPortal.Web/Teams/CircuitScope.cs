using Microsoft.AspNetCore.Components.Server.Circuits;

namespace TdmPortal.Web.Teams;

/// <summary>Tells whether the services of this scope belong to an open page or to a single request.</summary>
public sealed class CircuitScope : CircuitHandler
{
    public bool IsOpen { get; private set; }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsOpen = true;
        return Task.CompletedTask;
    }
}
