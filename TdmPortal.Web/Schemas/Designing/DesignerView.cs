namespace TdmPortal.Web.Schemas.Designing;

/// <summary>What the middle of the designer shows; named so in the address.</summary>
public enum DesignerView
{
    Fields,
    Entity,
    Diagram,
    Json,
    History,
}
