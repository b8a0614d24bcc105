using TdmPortal.Web.Datasets;
using TdmPortal.Web.Errors;
using TdmPortal.Web.Health;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Identity;

// Content lies beside the program, so that it starts alike from every folder.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Program).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
builder.UsePortalAddress();
builder.AddPortalLogging();
builder.AddPages();
builder.AddPortalIdentity();
builder.AddErrors();
builder.AddHealth();

var app = builder.Build();
app.UseForwardedHeaders();
app.UseErrors();
app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapBlazorScript();
app.MapPages();
app.MapIdentity();
app.MapDatasetApi();
app.MapHealth();

await app.RunAsync();
