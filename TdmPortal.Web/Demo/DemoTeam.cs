namespace TdmPortal.Web.Demo;

/// <summary>A team that a new portal comes with.</summary>
/// <param name="Samples">Files of samples/ that become the team's own schemas, those that are there.</param>
/// <param name="Dataset">Name and title of the dataset that is generated from the first of them.</param>
public sealed record DemoTeam(string Key, string Name, string TimeZone, IReadOnlyList<string> Samples, (string Name, string Title) Dataset)
{
    public static IReadOnlyList<DemoTeam> All { get; } =
    [
        new("checkout", "Checkout", "Europe/Berlin", ["web-shop", "customers-orders"], ("shop", "Shop orders")),
        new("billing", "Billing", "America/New_York", ["chinook", "organization"], ("music_store", "Music store invoices")),
        new("mobile", "Mobile", "Asia/Singapore", ["event", "test-case"], ("app_events", "App events")),
    ];
}
