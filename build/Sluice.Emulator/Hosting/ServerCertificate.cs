using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Emulator.Blobs;

namespace Sluice.Emulator.Hosting;

/// <summary>The TLS certificate of the loopback server: self-signed, made at the first start, renewed before it ends.</summary>
internal static class ServerCertificate
{
    // Apple's clients refuse server certificates that are valid for more than 825 days.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(800);
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromDays(30);

    /// <summary>Loads the certificate with its key, making both when missing, unreadable, about to end or made for former hosts only.</summary>
    public static X509Certificate2 LoadOrCreate(StateFolder folder, TimeProvider time)
    {
        if (TryLoad(folder) is { } existing)
        {
            if (existing.NotAfter.ToUniversalTime() - time.GetUtcNow() > RenewalMargin
                && existing.MatchesHostname($"account{BlobAddress.HostSuffix}"))
            {
                return existing;
            }

            existing.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var created = Create(key, time.GetUtcNow());
        OwnerOnly.Write(folder.KeyFile, $"{key.ExportPkcs8PrivateKeyPem()}\n");
        OwnerOnly.Write(folder.CertificateFile, $"{created.ExportCertificatePem()}\n");
        return TryLoad(folder) ?? throw new CryptographicException($"The new certificate {folder.CertificateFile} cannot be read back.");
    }

    /// <summary>SHA-256 of the certificate in upper-case hexadecimal.</summary>
    public static string Sha256Of(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static X509Certificate2? TryLoad(StateFolder folder)
    {
        if (!File.Exists(folder.CertificateFile) || !File.Exists(folder.KeyFile))
        {
            return null;
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(folder.CertificateFile, folder.KeyFile);
            if (!OperatingSystem.IsWindows())
            {
                return certificate;
            }

            // Windows' TLS cannot use a key that exists in memory only; a round trip through PKCS#12, which takes its time, gives it one
            // that it can.
            using (certificate)
            {
                return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Create(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName($"*{BlobAddress.HostSuffix}");
        names.AddDnsName($"*{BlobAddress.FormerHostSuffix}");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);

        // An end-entity certificate, not an authority: whoever trusts it trusts this server and nothing that its key might sign.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(subjectKey);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subjectKey));
        return request.CreateSelfSigned(now.AddDays(-1), now + Validity);
    }
}
