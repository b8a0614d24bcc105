using Microsoft.AspNetCore.Components.Server.Circuits;
using TdmPortal.Web.Audit;

namespace TdmPortal.Web.Teams;

/// <summary>Tells whether the services of this scope belong to an open page or to a single request.</summary>
public sealed class CircuitScope(IHttpContextAccessor http) : CircuitHandler
{
    public bool IsOpen { get; private set; }

    /// <summary>Where the open page is, as the portal knows its network address.</summary>
    public string? Address { get; private set; }

    // A page that lost its connection may come back from elsewhere.
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Address = RequestOrigin.AddressOf(http.HttpContext) ?? Address;
        return Task.CompletedTask;
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsOpen = true;
        return Task.CompletedTask;
    }
}
