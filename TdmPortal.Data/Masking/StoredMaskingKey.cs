namespace TdmPortal.Data.Masking;

/// <summary>A row of <c>portal.masking_key</c>.</summary>
internal sealed class StoredMaskingKey
{
    public Guid TeamId { get; set; }
    public int Number { get; set; }
    /// <summary>Encrypted by data protection.</summary>
    public byte[] Sealed { get; set; } = [];
    public string Fingerprint { get; set; } = "";
    public string? Reason { get; set; }
    public string MadeBy { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }
}
