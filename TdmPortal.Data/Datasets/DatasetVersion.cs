namespace TdmPortal.Data.Datasets;

/// <summary>A row of <c>portal.dataset_version</c>: an immutable version, or one being built or dropped.</summary>
internal sealed class DatasetVersion
{
    /// <summary>Its job loads it; nobody's when that job's lease has ended, and then the sweeper drops it.</summary>
    public const string Building = "building";
    /// <summary>Complete, with keys; never changes any more.</summary>
    public const string Ready = "ready";
    /// <summary>Given up or deleted; the sweeper drops its tables and then this row.</summary>
    public const string Deleted = "deleted";

    /// <summary>As <see cref="Origin"/>: a source's rows, masked.</summary>
    public const string Masked = "masked";

    public Guid Id { get; set; }
    public Guid DatasetId { get; set; }
    public Guid TeamId { get; set; }
    public int Number { get; set; }
    public string State { get; set; } = Building;
    /// <summary>The database schema that holds its tables: <c>&lt;team&gt;_&lt;dataset&gt;__v&lt;n&gt;</c>.</summary>
    public string DatabaseSchema { get; set; } = "";
    /// <summary>From what it came: <c>generated</c>, <c>restored</c>, …</summary>
    public string Origin { get; set; } = "generated";
    public Guid? JobId { get; set; }
    /// <summary>Of the job: a version of an older attempt belongs to nobody.</summary>
    public int Attempt { get; set; }
    public Guid? SchemaId { get; set; }
    public int SchemaVersion { get; set; }
    public string Document { get; set; } = "{}";
    public long Seed { get; set; }
    public DateTimeOffset AsOf { get; set; }
    public double Scale { get; set; }
    public string RowsAsked { get; set; } = "{}";
    /// <summary><see cref="MoreOptions"/> as JSON, where a part has another seed.</summary>
    public string? Stable { get; set; }
    public string QualityLevel { get; set; } = "";
    public int EngineVersion { get; set; }
    /// <summary><see cref="DatasetEntity"/>s as JSON.</summary>
    public string Entities { get; set; } = "[]";
    /// <summary><see cref="PreparedFile"/>s as JSON.</summary>
    public string Files { get; set; } = "[]";
    public long RowCount { get; set; }
    public long Bytes { get; set; }
    public double TookSeconds { get; set; }
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>What it is for, in its keepers' words.</summary>
    public string? Note { get; set; }
    public string[] Tags { get; set; } = [];
}
