namespace TdmPortal.Web.Identity;

/// <summary>Roles of the whole portal; Lead and Tester belong to a membership in a team instead.</summary>
public static class PortalRoles
{
    public const string Admin = "Admin";
}
