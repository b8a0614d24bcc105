namespace TdmPortal.Web.Demo;

/// <summary>What a new portal comes with.</summary>
public static class DemoSetup
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SampleFiles>();
        builder.Services.AddSingleton<FirstStart>();
        builder.Services.AddSingleton<DemoContent>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoContent>());
    }
}
