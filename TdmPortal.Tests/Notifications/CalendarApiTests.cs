using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TdmPortal.Data.Notifications;
using TdmPortal.Tests.Datasets;
using TdmPortal.Web.Identity;
using TdmPortal.Web.Notifications;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>The calendar's address over HTTP, on a server of its own: whoever guesses is locked out of it.</summary>
public sealed class CalendarApiTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Get_AfterManyGuesses_IsRefused_AndReadingIsNot()
    {
        await NoticePeople.JoinAsync(portal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(portal.Get<CalendarFeeds>()).AddSingleton<SignInLimiter>().AddAuthorization();
        await using var app = builder.Build();
        app.MapCalendar();
        await app.StartAsync(Cancellation);
        var address = await portal.Get<CalendarFeeds>().MakeAsync(portal.Lead, Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        for (var time = 0; time < 40; time++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"calendar/{address}.ics", UriKind.Relative), Cancellation)).StatusCode);
        var guesses = new List<HttpStatusCode>();
        // One attempt is given back every two seconds; guesses come faster than that.
        while (guesses.Count < 500 && !guesses.Contains(HttpStatusCode.TooManyRequests))
            guesses.Add((await client.GetAsync(new Uri($"calendar/{address[..^4]}{guesses.Count:D4}.ics", UriKind.Relative), Cancellation)).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, guesses[^1]);
        Assert.True(guesses.Count > 30, $"refused after {guesses.Count} guesses");
        Assert.All(guesses.SkipLast(1), guess => Assert.Equal(HttpStatusCode.NotFound, guess));
    }
}
