using TdmPortal.Core.Jobs;
using TdmPortal.Web.Jobs;
using Xunit;

namespace TdmPortal.Tests.Web.Jobs;

public sealed class JobsViewTests
{
    [Fact]
    public void ToQueryString_StateAndSearch_ComeBackTheSame()
    {
        var view = new JobsView(JobState.Failed, "a&b =c");

        Assert.Equal("?state=failed&q=a%26b%20%3Dc", view.ToQueryString());
        Assert.Equal(view, JobsView.Parse(view.ToQueryString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=&q=")]
    [InlineData("?state=3&q=%20")]
    [InlineData("?state=nonsense")]
    public void Parse_Junk_IsAllJobs(string query) => Assert.Equal(new JobsView(null, null), JobsView.Parse(query));
}
