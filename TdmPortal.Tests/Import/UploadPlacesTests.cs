using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Masking;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Uploads are in the memory of one node: jobs that read them run there, or say that it is gone.</summary>
[Trait("Requirement", "D7")]
public sealed class UploadPlacesTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private const string People = "id,mail\n1,a@example.org\n2,b@example.org\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_ThatReadsUploads_IsTakenByTheNodeThatHasThem()
    {
        await using var other = Node("other");
        var (id, upload) = await StartAsync(other);

        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        Assert.Equal(1, await other.GetRequiredService<JobRunner>().RunPendingAsync(Cancellation));

        Assert.NotNull((await portal.Get<ImportStore>().GetAsync(portal.Tester, id, Cancellation)).Proposal);
        // Masked from the page of any node, still where the file is.
        await portal.Get<ImportStore>().SaveAsync(portal.Tester, id, "people_there", Cancellation);
        var source = (await portal.Get<ImportStore>().GetAsync(portal.Tester, id, Cancellation)).SourceId!.Value;
        var policy = await portal.Get<MaskingPolicyStore>().CreateAsync(portal.Lead, MaskingPortal.Policy("people_there"), source, Cancellation);
        var run = await portal.Get<MaskingRuns>().StartAsync(portal.Tester, new MaskRequest(policy, null, source, "people_there", "", false), Cancellation);
        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        await other.GetRequiredService<JobRunner>().RunPendingAsync(Cancellation);
        var ended = await portal.Get<MaskingRuns>().GetAsync(portal.Tester, run, Cancellation);
        Assert.True(ended.Summary.State == "proved", ended.Error);

        // What it has no more is nowhere.
        other.GetRequiredService<UploadVault>().Remove(portal.Tester, upload);
        await other.GetRequiredService<UploadPlaces>().RenewAsync(Cancellation);
        Assert.Equal(0, await portal.ScalarAsync<long>($"select count(*) from portal.upload where id = '{upload}'"));
        Assert.Equal("upload.gone", (await Assert.ThrowsAsync<PortalException>(() => portal.Get<ImportStore>().RetryAsync(portal.Tester, id, Cancellation))).Code);
    }

    [Fact]
    public async Task Job_WhoseNodeIsGone_FailsAndSaysWhatToDo()
    {
        Guid id;
        await using (var other = Node("gone"))
            (id, _) = await StartAsync(other);

        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        // As it is two minutes later.
        await portal.ScalarAsync<int>("update portal.upload set here_until = clock_timestamp() - interval '1 second' where node = 'gone'");
        Assert.Equal(1, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));

        var job = await portal.Jobs.GetAsync(portal.Tester, (await portal.Get<ImportStore>().GetAsync(portal.Tester, id, Cancellation)).JobId!.Value, Cancellation);
        Assert.Equal((JobState.Failed, "upload.gone"), (job.State, job.Error!.Code));
        Assert.Equal(["Upload the file again"], job.Error.SuggestedActions);
    }

    private ServiceProvider Node(string name) => portal.Node(new JobOptions { Node = name });

    private async Task<(Guid Import, Guid Upload)> StartAsync(ServiceProvider node)
    {
        var upload = await node.GetRequiredService<UploadVault>().AddAsync(portal.Tester, "people.csv", new MemoryStream(Encoding.UTF8.GetBytes(People)), null, null, Cancellation);
        return (await node.GetRequiredService<ImportStore>().StartAsync(portal.Tester, "people", ImportOrigin.Files, null, new ImportChoices { Files = [new(upload.Id, "people.csv", null, [])] }, Cancellation), upload.Id);
    }
}
