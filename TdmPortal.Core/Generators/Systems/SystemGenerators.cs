using TdmPortal.Core.Generators.Numbers;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Systems;

/// <summary>Files, machines, logs, databases and source code.</summary>
internal static class SystemGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("system.fileName", "A file's name.", "[internet.word]_[internet.word].[system.extension] || [internet.word]-##.[system.extension]", "file, document"),
        Words("system.fileExtension", "A file's ending.", "[system.extension]", "file type, suffix"),
        Words("system.mimeType", "A media type.", "[system.mime_type]", "content type"),
        Words("system.directoryPath", "A folder.", "[system.directoryPaths]", "directory, path"),
        Words("system.filePath", "A file with its folder.", "[system.directoryPaths]/[internet.word].[system.extension]", "path"),
        Make("system.fileSize", "The size of a file in bytes: many small ones and few large ones.", Kinds.Whole, [], "bytes, length") with { Create = static c => DistributionSource.Create(c, static () => Distributions.LogNormal(11.5, 2.2), 1, 5e9) },
        Words("system.version", "A version in three parts.", "#.#.# || #.!#.# || !#.#.!#", "semver, release"),
        Words("system.operatingSystem", "An operating system with its version.", "[system.os]", "OS, platform"),
        Words("system.deviceType", "A kind of device.", "[system.device_type]", "desktop, mobile, tablet"),
        Words("system.environment", "A stage of software.", "[system.environment]", "stage, production"),
        Words("system.serviceName", "The name of a service.", "[system.service]-[system.service_kind]", "microservice, application, component"),
        Words("system.podName", "A pod of a cluster.", "[system.service]-[system.service_kind]-~~~~~~~~~~-^^^^^", "kubernetes, container, host"),
        Words("system.logLevel", "The level of a log line.", "[system.log_level]", "severity, debug, error"),
        Words("system.logMessage", "A line of a log.", "[system.log_subject] [system.log_event] || [system.log_subject] [system.log_event] in ### ms || [system.log_subject] [system.log_event] after # retries", "event, trace"),
        Words("system.loggerName", "The source of a log line.", "com.example.[system.service].[system.class]", "class, category"),
        Words("system.exception", "The name of an exception.", "[system.exception]", "error, fault"),
        Words("system.errorCode", "An error's code.", "E-#### || ERR_[system.error]", "fault, problem"),
        Words("system.traceId", "The identifier of a trace.", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "W3C trace context, correlation, request id"),
        Words("system.spanId", "The identifier of a span.", "~~~~~~~~~~~~~~~~", "trace"),
        Words("system.commitHash", "The identifier of a commit.", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "git, sha"),
        Words("system.branchName", "A branch of a repository.", "[system.branch_kind]/[internet.word]-[internet.word] || [system.branch_kind]/TDM-####-[internet.word]", "git"),
        Words("system.commitMessage", "What a commit says.", "[system.commit_verb] [company.noun] in [system.service]", "git, change"),
        Words("system.metricName", "The name of a metric.", "[system.service]_[system.metric]", "prometheus, measurement"),
        Words("system.unit", "The unit of a metric.", "[system.unit]", "measure, ms, bytes"),
        Words("system.eventType", "What happened, as a name.", "[system.event_subject].[system.event_verb]", "domain event, webhook, topic"),
        Words("system.sha256", "A digest of 64 hexadecimal digits.", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "hash, checksum, fingerprint"),
        Words("system.md5", "A digest of 32 hexadecimal digits.", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "hash, checksum"),
        Words("system.databaseEngine", "A storage engine.", "[database.engine]", "database"),
        Words("system.columnName", "A column of a table.", "[database.column]", "database, field"),
        Words("system.columnType", "The type of a column.", "[database.type]", "database, data type"),
        Words("system.hackerPhrase", "What a film would have a hacker say.", "[hacker.verb] the [hacker.adjective] [hacker.abbreviation] [hacker.noun]", "technobabble"),
        Words("system.abbreviation", "An abbreviation of computing.", "[hacker.abbreviation]", "acronym"),
        Words("system.appName", "The name of an app.", "[app.name]", "software, application"),
    ];
}
