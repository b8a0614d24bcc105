using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>The fixture's people as members of their teams, with addresses.</summary>
internal static class NoticePeople
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task JoinAsync(DatasetPortal portal)
    {
        foreach (var member in (Actor[])[portal.Lead, portal.Tester, portal.OtherTester, portal.Stranger])
            await portal.Get<TeamStore>().SetMemberAsync(portal.Lead with { IsAdmin = true }, member.TeamId, member.UserId, member.Role, Cancellation);
        await portal.ScalarAsync<int>("delete from portal.notice_choice; delete from portal.notice; update portal.app_user set email = user_name || '@example.com'");
    }

    /// <summary>Writes a notice and works out whom it reaches.</summary>
    public static async Task TellAsync(DatasetPortal portal, Notice notice)
    {
        await portal.Database.MaintainAsync(async (context, token) =>
        {
            await Notices.AddAsync(context, notice, token);
            return true;
        }, Cancellation);
        Assert.True(await portal.Get<NoticeTeller>().TellAsync(Cancellation) > 0);
    }
}
