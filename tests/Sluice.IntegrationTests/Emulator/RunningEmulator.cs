using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Newtonsoft.Json.Linq;
using Sluice.Emulator;
using Sluice.Emulator.Faults;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>A local Azure ML in this process, on a state folder of its own, and plain HTTP clients for it.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    private const string InMemory = "/dev/shm";
    private const long EnoughRoom = 2L * 1024 * 1024 * 1024;

    /// <summary>Where state folders are: in memory where there is room, for thousands come and go, each with dozens of files.</summary>
    private static readonly string Above = Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > EnoughRoom
        ? InMemory
        : Path.GetTempPath();

    private readonly bool _ownsFolder;

    private RunningEmulator(LocalAzure azure, string folder, bool ownsFolder)
    {
        Azure = azure;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Handler = HandlerFor(azure.Connection);
        Http = new HttpClient(Handler) { BaseAddress = azure.Connection.ArmEndpoint };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", azure.Connection.BearerToken);
    }

    public LocalAzure Azure { get; }

    public EmulatorConnection Connection => Azure.Connection;

    public string Folder { get; }

    /// <summary>Trusts the emulator's certificate only and finds <c>*.blob.core.localhost</c> on loopback.</summary>
    public SocketsHttpHandler Handler { get; }

    /// <summary>Sends the bearer token.</summary>
    public HttpClient Http { get; }

    public ArmClient Arm => new(Http, Connection);

    public static string NewFolder() => Path.Combine(Above, $"sluice-emulator-{Guid.NewGuid():N}");

    public static async Task<RunningEmulator> StartAsync(
        string? folder = null,
        LatencyProfile latency = LatencyProfile.Instant,
        double timeScale = 1,
        TimeProvider? time = null,
        int coreLimit = 100,
        string? faults = null,
        int? seed = null,
        IRequestWatch? watch = null,
        Action<RouteChange>? routeChanged = null,
        string? workspace = null)
    {
        var used = folder ?? NewFolder();
        var options = new EmulatorOptions
        {
            StateFolder = used,
            Workspace = workspace ?? new EmulatorOptions { StateFolder = used }.Workspace,
            Latency = latency,
            TimeScale = timeScale,
            Time = time ?? TimeProvider.System,
            CoreLimit = coreLimit,
            Faults = faults,
            Seed = seed,
            Watch = watch,
            RouteChanged = routeChanged,
        };
        return new RunningEmulator(await LocalAzure.OpenAsync(options, CancellationToken.None), used, folder is null);
    }

    public static SocketsHttpHandler HandlerFor(EmulatorConnection connection) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("localhost", connection.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData())) == connection.CertificateSha256,
        },
    };

    /// <summary>Puts fault rules in the place of those in force.</summary>
    /// <param name="rules">The rules, as JSON, with commas between them; empty for none.</param>
    public async Task SetFaultsAsync(string rules)
    {
        using var content = new StringContent($$"""{ "rules": [{{rules}}] }""", Encoding.UTF8, "application/json");
        using var answer = await Http.PutAsync("/admin/faults", content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Whether the first fault rule has happened.</summary>
    public async Task<bool> HasFaultHappenedAsync() =>
        (int)JObject.Parse(await Http.GetStringAsync("/admin/faults"))["rules"]![0]!["happened"]! > 0;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Azure.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
