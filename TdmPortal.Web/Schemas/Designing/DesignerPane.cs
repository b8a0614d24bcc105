namespace TdmPortal.Web.Schemas.Designing;

/// <summary>Which pane a narrow screen shows; a wide one shows all.</summary>
public enum DesignerPane
{
    Tree,
    Main,
    Preview,
}
