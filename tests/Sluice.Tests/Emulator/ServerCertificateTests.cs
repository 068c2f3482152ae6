using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Emulator.Hosting;

namespace Sluice.Tests.Emulator;

/// <summary>When the certificate of a state folder is used again.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ServerCertificateTests
{
    private DirectoryInfo _folder = null!;
    private StateFolder _state = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("sluice-certificate-");
        _state = StateFolder.Open(_folder.FullName);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase(true, "localhost", "*.blob.core.localhost")]
    [TestCase(false, "localhost", "*.blob.localhost")]
    [TestCase(false, "localhost")]
    public void One_that_lacks_the_blob_services_hosts_is_renewed(bool isKept, params string[] names)
    {
        var written = Write(names);

        using var loaded = ServerCertificate.LoadOrCreate(_state, TimeProvider.System);
        using var again = ServerCertificate.LoadOrCreate(_state, TimeProvider.System);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ServerCertificate.Sha256Of(loaded) == written, Is.EqualTo(isKept));
            Assert.That(ServerCertificate.Sha256Of(again), Is.EqualTo(ServerCertificate.Sha256Of(loaded)));
            Assert.That(loaded.MatchesHostname("account.blob.core.localhost"), Is.True);
        }
    }

    /// <summary>Puts a certificate for some hosts into the folder, and answers its hash.</summary>
    private string Write(IEnumerable<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var hosts = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            hosts.AddDnsName(name);
        }

        request.CertificateExtensions.Add(hosts.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(100));
        File.WriteAllText(_state.KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_state.CertificateFile, certificate.ExportCertificatePem());
        return ServerCertificate.Sha256Of(certificate);
    }
}
