using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>
/// Opens the portal's own server to other machines: at one address of this one, with TLS and passwords, for the portal's
/// database only and never for its administrator. The certificate is the server's own; it is made anew a month before it ends.
/// </summary>
internal sealed class NetworkAccess(IPAddress address, string folder)
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(800), Renew = TimeSpan.FromDays(30);

    private string Certificate => Path.Combine(folder, "network.crt");
    private string Key => Path.Combine(folder, "network.key");
    private string Rules => Path.Combine(folder, "network_hba.conf");

    /// <summary>What other machines call this one.</summary>
    public string Host => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : address.ToString();

    /// <summary>What <c>--db-listen</c> says: an address of this machine, or <c>*</c> for all.</summary>
    /// <exception cref="PortalException">platform.db_listen</exception>
    public static NetworkAccess Parse(string text, string folder)
    {
        if (!IPAddress.TryParse(text == "*" ? "0.0.0.0" : text, out var address))
            throw Refused(text, "is no IP address");
        using var listener = new TcpListener(address, 0);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            throw Refused(text, "is no address of this machine");
        }

        return new NetworkAccess(address, folder);
    }

    /// <summary>The server's settings.</summary>
    public IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("listen_addresses", IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) ? address.ToString() : $"127.0.0.1,{address}"),
        ("hba_file", Rules), ("ssl", "on"), ("ssl_cert_file", Certificate), ("ssl_key_file", Key), ("ssl_min_protocol_version", "TLSv1.2"),
    ];

    /// <summary>Writes certificate, key and rules for the server's user to read.</summary>
    public async Task PrepareAsync(string administrator, ServiceUser? user, TimeProvider time, CancellationToken cancellation)
    {
        SecretFile.Write(Rules, System.Text.Encoding.ASCII.GetBytes($"""
            # Written by the portal at each start.
            host    all    all    127.0.0.1/32    scram-sha-256
            host    all    all    ::1/128         scram-sha-256
            host    all    {administrator}    all    reject
            hostssl portal all    all             scram-sha-256

            """));
        if (!IsGood(time.GetUtcNow()))
            Make(time.GetUtcNow());
        if (user is null)
            return;
        foreach (var file in (string[])[Rules, Certificate, Key])
            await ProgramRunner.RunAsync("chown", [$"{user.Uid}:{user.Gid}", file], null, cancellation);
    }

    private bool IsGood(DateTimeOffset now)
    {
        if (!File.Exists(Certificate) || !File.Exists(Key))
            return false;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Certificate);
        return certificate.NotAfter.ToUniversalTime() > now.UtcDateTime + Renew && certificate.Subject == Subject;
    }

    private string Subject => string.Create(CultureInfo.InvariantCulture, $"CN={Host}");

    private void Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Dns.GetHostName());
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + Valid);
        SecretFile.Write(Key, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        SecretFile.Write(Certificate, System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
    }

    private static PortalException Refused(string text, string why) => new("platform.db_listen", $"The database cannot listen at \"{text}\": it {why}.")
    {
        SuggestedActions = ["Name an address that this machine has: ./run --db-listen 192.0.2.10", "./run --db-listen '*' for all of them"],
    };
}
