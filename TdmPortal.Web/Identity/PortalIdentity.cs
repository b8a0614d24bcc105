using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;
using TdmPortal.Web.Audit;

namespace TdmPortal.Web.Identity;

/// <summary>Who may come in: ASP.NET Core Identity on the portal's database, cookies, and everything closed unless said otherwise.</summary>
public static class PortalIdentity
{
    public static void AddPortalIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<PortalUser>(options =>
            {
                // Length is what protects; rules of composition only make people write passwords down.
                options.Password = new PasswordOptions { RequiredLength = 10, RequiredUniqueChars = 4, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                options.User.RequireUniqueEmail = false;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PortalContext>()
            .AddSignInManager<PortalSignInManager>()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        // One-time links of invitations and resets.
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(3));
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "portal-session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.LoginPath = PortalUrls.SignIn;
            options.AccessDeniedPath = PortalUrls.NotFound;
            options.ReturnUrlParameter = "returnUrl";
            // A program that calls an address gets the status, not the sign-in page.
            options.Events.OnRedirectToLogin = context => AnswerProgramOr(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = async context =>
            {
                var http = context.HttpContext;
                var user = await http.RequestServices.GetRequiredService<UserManager<PortalUser>>().GetUserAsync(http.User);
                await http.RequestServices.GetRequiredService<PortalDatabase>().RecordAsync(RequestOrigin.Of(http, user), AuditAction.Refused, null, new { path = http.Request.Path.Value }, CancellationToken.None);
                await AnswerProgramOr(context, StatusCodes.Status403Forbidden);
            };
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "portal-forgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<SignInLimiter>();
        services.AddScoped<Accounts>();
        services.AddScoped<SignInRecords>();
    }

    public static void MapIdentity(this WebApplication app)
    {
        app.MapPost(PortalUrls.SignOut, async (HttpContext http, SignInManager<PortalUser> signIn, PortalDatabase database, [FromForm] string? reason) =>
        {
            if (await signIn.UserManager.GetUserAsync(http.User) is { } user)
                await database.RecordAsync(RequestOrigin.Of(http, user), AuditAction.SignedOut, AuditObject.User(user.Id, user.UserName), null, CancellationToken.None);
            await signIn.SignOutAsync();
            return Results.LocalRedirect(PortalUrls.SignIn);
        }).AllowAnonymous();
    }

    private static Task AnswerProgramOr(Microsoft.AspNetCore.Authentication.RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
