using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

[Category("Integration")]
[Parallelizable(ParallelScope.All)]
public sealed class HostingTests
{
    [Test]
    public async Task It_listens_on_loopback_only()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(listener => listener.Port == emulator.Connection.Port)
            .Select(listener => listener.Address)
            .ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listeners, Has.Some.EqualTo(IPAddress.Loopback));
            Assert.That(listeners.Where(address => !IPAddress.IsLoopback(address)), Is.Empty);
        }
    }

    [Test]
    public async Task Its_folder_with_its_secrets_is_committed_by_nobody()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        Assert.That(await File.ReadAllTextAsync(Path.Combine(emulator.Folder, ".gitignore")), Is.EqualTo("*\n"));
    }

    [Test]
    public async Task A_second_opener_attaches_and_gets_the_latencies_in_force()
    {
        await using var serving = await RunningEmulator.StartAsync();

        await using var attached = await RunningEmulator.StartAsync(serving.Folder, LatencyProfile.Azure, timeScale: 2);
        await attached.Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody());
        var seen = await serving.Arm.GetAsync("onlineEndpoints/heart");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(attached.Azure.IsServing, Is.False);
            Assert.That(attached.Azure.Completion.IsCompleted, Is.True);
            Assert.That(attached.Connection, Is.EqualTo(serving.Connection));
            Assert.That(attached.Connection.Latency, Is.EqualTo(LatencyProfile.Instant));
            Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task When_many_open_at_once_one_serves_and_all_reach_it()
    {
        var folder = RunningEmulator.NewFolder();
        var openers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunningEmulator.StartAsync(folder))));
        try
        {
            var answers = await Task.WhenAll(openers.Select(opener => opener.Arm.GetAsync("onlineEndpoints")));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(openers.Count(opener => opener.Azure.IsServing), Is.EqualTo(1));
                Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.OK));
            }
        }
        finally
        {
            foreach (var opener in openers)
            {
                await opener.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Where_one_part_does_not_stop_that_is_said_and_the_others_stop_all_the_same()
    {
        var folder = RunningEmulator.NewFolder();
        await using var first = await RunningEmulator.StartAsync(folder);
        var connection = Path.Combine(folder, "connection.json");
        File.Delete(connection);
        Directory.CreateDirectory(connection);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => first.Azure.DisposeAsync().AsTask());
        Directory.Delete(connection);
        await using var second = await RunningEmulator.StartAsync(folder);

        Assert.That((first.Azure.Completion.IsCompletedSuccessfully, second.Azure.IsServing), Is.EqualTo((true, true)));
        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Everything_survives_a_restart_and_deployments_serve_again()
    {
        var folder = RunningEmulator.NewFolder();
        EmulatorConnection before;
        string scored;
        await using (var first = await RunningEmulator.StartAsync(folder))
        {
            before = first.Connection;
            await HeartEndpoint.CreateAsync(first, "blue");
            await first.Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody(new { blue = 100 }));
            scored = (await HeartEndpoint.ScoreAsync(first)).Body;
        }

        await using var second = await RunningEmulator.StartAsync(folder);
        var (status, deployment, body) = await HeartEndpoint.ScoreAsync(second);
        var blob = await (await BlobClients.ModelsAsync(second)).GetBlobClient("LocalUpload/1/model/MLmodel").ExistsAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Connection.BearerToken, Is.EqualTo(before.BearerToken));
            Assert.That(second.Connection.CertificateSha256, Is.EqualTo(before.CertificateSha256));
            Assert.That(second.Connection.Port, Is.EqualTo(before.Port));
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(deployment, Is.EqualTo("blue"));
            Assert.That(body, Is.EqualTo(scored));
            Assert.That(blob.Value, Is.True);
        }

        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_deployment_serves_again_where_the_workspace_has_another_name_now()
    {
        var folder = RunningEmulator.NewFolder();
        await using (var first = await RunningEmulator.StartAsync(folder, workspace: "one"))
        {
            await HeartEndpoint.CreateAsync(first, "blue");
            await first.Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody(new { blue = 100 }));
        }

        await using var second = await RunningEmulator.StartAsync(folder, workspace: "two");
        var (status, deployment, body) = await HeartEndpoint.ScoreAsync(second);

        Assert.That((status, deployment), Is.EqualTo((HttpStatusCode.OK, "blue")), body);
        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task An_operation_that_was_running_when_the_process_ended_ends_on_time_in_the_next()
    {
        var folder = RunningEmulator.NewFolder();
        ArmAnswer started;
        await using (var first = await RunningEmulator.StartAsync(folder, LatencyProfile.Demo))
        {
            started = await first.Arm.PutAsync("onlineEndpoints/heart", ArmClient.EndpointBody());
        }

        await using var second = await RunningEmulator.StartAsync(folder);
        var end = await second.Arm.EndOfAsync(started);
        var endpoint = await second.Arm.GetAsync("onlineEndpoints/heart");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)end["status"], Is.EqualTo("Succeeded"));
            Assert.That(
                (DateTimeOffset)end["endTime"]! - (DateTimeOffset)end["startTime"]!, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((string?)endpoint.Json["properties"]!["provisioningState"], Is.EqualTo("Succeeded"));
        }

        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Only_the_owner_can_read_the_state()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no Unix rights.");
            return;
        }

        await using var emulator = await RunningEmulator.StartAsync();
        await using var guest = await RunningEmulator.StartAsync(emulator.Folder);
        await HeartEndpoint.CreateAsync(emulator, "blue");
        var blobs = Path.Combine(emulator.Folder, "blobs");

        var files = Directory.GetFiles(emulator.Folder).Concat(Directory.GetFiles(blobs)).ToList();
        var folders = Directory.GetDirectories(emulator.Folder).Append(emulator.Folder).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                files.Select(Path.GetFileName),
                Is.SupersetOf(new[] { "connection.json", "certificate.pem", "key.pem", "state.db", "state.db-wal", "state.db-shm", "lock" }));
            Assert.That(folders.Select(Path.GetFileName), Is.SupersetOf(new[] { "blobs", "containers", "guests" }));
            foreach (var path in files.Concat(folders))
            {
                Assert.That(File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111, Is.EqualTo(UnixFileMode.None), path);
            }
        }
    }

    [Test]
    public async Task Reset_is_refused_while_somebody_serves_and_clears_afterwards_but_for_foreign_files()
    {
        var folder = RunningEmulator.NewFolder();
        var mine = Path.Combine(folder, "notes.txt");
        var emulator = await RunningEmulator.StartAsync(folder);
        var token = emulator.Connection.BearerToken;
        await File.WriteAllTextAsync(mine, "mine");

        var refused = await Assert.ThrowsAsync<StateInUseException>(() => LocalAzure.ResetAsync(folder, CancellationToken.None));
        await emulator.DisposeAsync();
        await LocalAzure.ResetAsync(folder, CancellationToken.None);
        var left = Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ToList();
        await using var again = await RunningEmulator.StartAsync(folder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused!.ProcessId, Is.EqualTo(Environment.ProcessId));
            Assert.That(refused.Message, Does.Contain($"process {Environment.ProcessId}"));
            Assert.That(left, Is.EquivalentTo(new[] { ".gitignore", "lock", "notes.txt" }));
            Assert.That(again.Connection.BearerToken, Is.Not.EqualTo(token));
        }

        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Requests_of_other_origins_and_for_other_hosts_are_refused_and_so_is_a_missing_token()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var address = new Uri($"{emulator.Arm.Workspace}?api-version=2023-10-01", UriKind.Relative);
        async Task<HttpStatusCode> StatusAsync(Action<HttpRequestMessage> change)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            change(request);
            using var response = await emulator.Http.SendAsync(request);
            return response.StatusCode;
        }

        var plain = await StatusAsync(_ => { });
        var origin = await StatusAsync(request => request.Headers.Add("Origin", "https://evil.example"));
        var sandboxed = await StatusAsync(request => request.Headers.Add("Origin", "null"));
        var own = await StatusAsync(request => request.Headers.Add("Origin", $"https://localhost:{emulator.Connection.Port}"));
        var host = await StatusAsync(request => request.Headers.Host = "evil.example");
        var blobs = await StatusAsync(request => request.Headers.Host = "account.blob.core.localhost");
        var formerBlobs = await StatusAsync(request => request.Headers.Host = "account.blob.localhost");
        var token = await StatusAsync(request => request.Headers.Authorization = new("Bearer", "guess"));
        emulator.Http.DefaultRequestHeaders.Authorization = null;
        using var anonymous = await emulator.Http.GetAsync(address);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(origin, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(sandboxed, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(own, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(host, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((blobs, formerBlobs), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)), "another account's, but let in");
            Assert.That(token, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(anonymous.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(anonymous.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer authorization_uri="));
        }
    }

    [Test]
    public async Task The_certificate_stands_on_its_own_for_all_of_the_names()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(emulator.Connection.CertificatePath);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        var datastore = await emulator.Arm.GetAsync("datastores/workspaceblobstore");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)datastore.Json["properties"]!["endpoint"], Is.EqualTo($"core.localhost:{emulator.Connection.Port}"));
            Assert.That(chain.Build(certificate), Is.True);
            Assert.That(certificate.MatchesHostname("localhost"), Is.True);
            Assert.That(certificate.MatchesHostname("account.blob.core.localhost"), Is.True);
            Assert.That(certificate.MatchesHostname("account.blob.localhost"), Is.True);
            Assert.That(certificate.MatchesHostname("127.0.0.1"), Is.True);
            Assert.That(certificate.MatchesHostname("::1"), Is.True);
            Assert.That(certificate.NotAfter - certificate.NotBefore, Is.LessThan(TimeSpan.FromDays(825)));
        }
    }

    [Test]
    public async Task A_port_that_is_taken_is_named_and_the_folder_is_free_again()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var folder = RunningEmulator.NewFolder();

        var fault = await Assert.ThrowsAsync<IOException>(
            () => LocalAzure.OpenAsync(new EmulatorOptions { StateFolder = folder, Port = port }, CancellationToken.None));
        await using var free = await RunningEmulator.StartAsync(folder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.Message, Does.Contain($"{port}"));
            Assert.That(free.Azure.IsServing, Is.True);
        }

        await free.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Secrets_are_not_in_the_connections_text()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        Assert.That(emulator.Connection.ToString(), Does.Not.Contain(emulator.Connection.BearerToken));
    }
}
