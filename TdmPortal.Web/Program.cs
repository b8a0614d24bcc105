using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Audit;
using TdmPortal.Web.Datasets;
using TdmPortal.Web.Environments;
using TdmPortal.Web.Demo;
using TdmPortal.Web.Errors;
using TdmPortal.Web.Health;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Identity;
using TdmPortal.Web.Import;
using TdmPortal.Web.Jobs;
using TdmPortal.Web.Notifications;
using TdmPortal.Web.Masking;
using TdmPortal.Web.PersonalData;
using TdmPortal.Web.Quality;
using TdmPortal.Web.Schemas;

// Content lies beside the program, so that it starts alike from every folder.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Program).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
builder.UsePortalAddress();
var log = builder.AddPortalLogging();
if (AuditCommand.IsAsked(args, out var anchors))
    return await AuditCommand.RunAsync(builder.Configuration, log, anchors);

// The database is opened before the host is built and closed after it has stopped: jobs end before their database does.
await using var database = await builder.OpenDatabaseAsync(log);
if (database is null)
    return 1;
builder.Services.AddPortalData(database);
var jobs = builder.Configuration.GetSection("Jobs").Get<JobOptions>() ?? new JobOptions();
builder.Services.AddDatasets(jobs.Check());
builder.Services.AddPortalJobs(database, jobs);
builder.Services.AddNotificationDelivery();
builder.AddPages();
builder.AddPortalIdentity();
builder.AddDemo();
builder.AddErrors();
builder.AddHealth();
builder.Services.AddSchemaPages();

await using var app = builder.Build();
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
app.MapCompareApi();
app.MapQualityApi();
app.MapMaskingApi();
app.MapPersonalDataApi();
app.MapAuditApi();
app.MapImportApi();
app.MapCalendar();
app.MapHealth();
app.MapSchemaApi();

await app.RunPortalAsync();
return 0;
