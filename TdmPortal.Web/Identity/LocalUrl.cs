namespace TdmPortal.Web.Identity;

/// <summary>Where to go after signing in: only ever a page of this portal, whatever the address asked for.</summary>
public static class LocalUrl
{
    public static string Of(string? url) =>
        url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\') && !url.Any(char.IsControl) ? url : PortalUrls.Home;

    public static string With(string page, string? returnUrl, bool remember)
    {
        var url = $"{page}?remember={(remember ? "true" : "false")}";
        return string.IsNullOrEmpty(returnUrl) ? url : $"{url}&returnUrl={Uri.EscapeDataString(Of(returnUrl))}";
    }
}
