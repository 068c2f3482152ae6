using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.AzureML.Connection;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class ConnectionTests
{
    private const string Token = "a-token-that-nobody-may-see";

    [Test]
    public void The_local_cloud_is_no_cloud_of_azure()
    {
        Assert.Throws<ArgumentException>(() => AzureConnection.ToAzure(Workspace, new RecordedMask()));
    }

    [Test]
    public void Only_the_certificate_with_the_known_hash_is_trusted()
    {
        using var own = Certificate();
        using var other = Certificate();
        using var handler = LoopbackHandler.Create(Cloud("https://localhost:4443", Hash(own)));
        var trust = handler.SslOptions.RemoteCertificateValidationCallback!;

        Assert.That(trust(this, own, null, SslPolicyErrors.RemoteCertificateChainErrors), Is.True);
        Assert.That(trust(this, other, null, SslPolicyErrors.None), Is.False);
        Assert.That(trust(this, null, null, SslPolicyErrors.None), Is.False);
    }

    [TestCase("https://localhost:4443", "abc")]
    [TestCase("https://localhost:4443", "abcd")]
    [TestCase("https://localhost:4443", "")]
    [TestCase("http://localhost:4443", null)]
    [TestCase("https://example.com", null)]
    [TestCase("https://localhost.example.com", null)]
    public void A_local_cloud_is_https_on_localhost_with_a_whole_hash(string endpoint, string? hash)
    {
        var cloud = Cloud(endpoint, hash ?? new string('a', 64));

        var failure = Assert.Throws<ArgumentException>(() => AzureConnection.ToLocal(Workspace, cloud, new RecordedMask()));

        Assert.That(failure!.Message, Does.Not.Contain(Token));
    }

    [Test]
    public async Task A_local_cloud_leads_nowhere_else()
    {
        using var handler = LoopbackHandler.Create(Cloud("https://localhost:4443", new string('a', 64)));
        using var client = new HttpClient(handler);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://example.com/")));

        Assert.That(failure!.Message, Does.Contain("example.com"));
    }

    [Test]
    public async Task Of_calls_to_a_local_cloud_is_told_when_they_begin_and_end_and_of_scoring_is_not()
    {
        const string There = "https://localhost:1";
        var work = new CountedWork();
        var atConnecting = -1;
        var cloud = Cloud(There, new string('a', 64)) with
        {
            BeginCall = work.Begin,
            Ended = () =>
            {
                atConnecting = work.UnderWay;
                return "It has ended.";
            },
        };
        using var connection = AzureConnection.ToLocal(Workspace, cloud, new RecordedMask());

        await Assert.CatchAsync(() => connection.Workspace.GetAsync());
        var (amidCall, begunByCall) = (atConnecting, work.Begun);
        await Assert.CatchAsync(() => connection.Scoring.GetAsync(new Uri($"{There}/score")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(amidCall, Is.EqualTo(1));
            Assert.That(atConnecting, Is.Zero);
            Assert.That((work.UnderWay, work.Begun), Is.EqualTo((0, begunByCall)));
        }
    }

    [Test]
    public void The_token_of_a_local_cloud_is_not_shown()
    {
        Assert.That(Cloud("https://localhost:1", new string('a', 64)).ToString(), Does.Not.Contain(Token));
    }

    private static readonly WorkspaceSpec Workspace = new(global::Sluice.Rollouts.Spec.Cloud.Local, "11111111-1111-1111-1111-111111111111", "rg", "ws");

    private static LocalCloud Cloud(string endpoint, string hash) => new(new Uri(endpoint), hash, new Secret(Token));

    private static string Hash(X509Certificate2 certificate) => Convert.ToHexString(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
