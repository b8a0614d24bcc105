namespace TdmPortal.Core.Masking;

/// <summary>By what AES is worked out.</summary>
internal enum AesWay
{
    /// <summary>AES-NI.</summary>
    X86,
    /// <summary>The cryptographic extension of ARMv8.</summary>
    Arm,
    /// <summary>The platform's library.</summary>
    Platform,
}
