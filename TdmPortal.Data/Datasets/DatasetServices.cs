using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Retention;
using TdmPortal.Data.Reviews;
using TdmPortal.Data.Storage;

namespace TdmPortal.Data.Datasets;

/// <summary>What datasets and long work need, for the container. The schedule that runs jobs is the web project's.</summary>
public static class DatasetServices
{
    public static IServiceCollection AddDatasets(this IServiceCollection services, JobOptions? options = null) => services
        .AddSingleton(options ?? new JobOptions())
        .AddSingleton<ChangeFeed>()
        .AddHostedService(provider => provider.GetRequiredService<ChangeFeed>())
        .AddSingleton<JobQueue>()
        .AddSingleton<JobStore>()
        .AddSingleton<JobRunner>()
        .AddSingleton<IJobWork, GenerateWork>()
        .AddSingleton<CompareWork>()
        .AddSingleton<IJobWork>(provider => provider.GetRequiredService<CompareWork>())
        .AddSingleton<IJobWork, ScratchWork>()
        .AddSingleton<IJobWork, ArchiveWork>()
        .AddSingleton<IJobWork, RestoreWork>()
        .AddSingleton<RefreshQueue>()
        .AddSingleton<RefreshGate>()
        .AddSingleton<RefreshBuilds>()
        .AddSingleton<RefreshStore>()
        .AddSingleton<RefreshCalendar>()
        .AddSingleton<ProposalWork>()
        .AddSingleton<ReviewStore>()
        .AddSingleton<IJobWork, RefreshWork>()
        .AddSingleton<VersionInspector>()
        .AddSingleton<QualityStore>()
        .AddSingleton<PersonalData.PersonalDataLook>()
        .AddSingleton<PersonalData.PersonalDataStore>()
        .AddSingleton<PersonalData.PersonalClassifier>()
        .AddSingleton<QualityRuleStore>()
        .AddSingleton<QualityTrials>()
        .AddSingleton<SuggestionStore>()
        .AddSingleton<IJobWork, QualityWork>()
        .AddSingleton<NewVersions>()
        .AddSingleton<IArchiveFiles, ArchiveFolder>()
        .AddSingleton<ArchiveReader>()
        .AddSingleton<RetentionStore>()
        .AddSingleton<DatasetStore>()
        .AddSingleton<DiskSpace>()
        .AddSingleton<PreparedFiles>()
        .AddSingleton<Publisher>()
        .AddSingleton<RowBrowser>()
        .AddSingleton<RowExporter>()
        .AddSingleton<ScratchCopies>()
        .AddSingleton<ScratchSweeper>()
        .AddSingleton<SortIndexes>()
        .AddSingleton<StorageStore>()
        .AddSingleton<Orphans>()
        .AddSingleton<WorkPauses>()
        .AddSingleton<ViewedRows>()
        .AddSingleton<VersionComparisons>()
        .AddSingleton<VersionLoader>()
        .AddSingleton<VersionStore>()
        .AddSingleton<VersionSweeper>()
        .AddSingleton<ViewSweeper>()
        .AddMasking()
        .AddImports();
}
