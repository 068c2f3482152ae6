using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Monitoring;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Hosting;

/// <summary>The serving side of a state folder: puts the parts together, starts and stops them.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private const int BodyLimit = 8 * 1024 * 1024;

    /// <summary>As long as Envoy, Azure's front door, waits for a body that does not come: a slow client is no fault.</summary>
    private static readonly TimeSpan BodyPatience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Func<ValueTask>> _stop = new();
    private EmulatorConnection? _connection;
    private LiveFaults? _faults;

    private EmulatorServer()
    {
    }

    /// <summary>How to reach this server.</summary>
    public EmulatorConnection Connection => _connection ?? throw new InvalidOperationException("The server has not started.");

    /// <summary>Ends when the server has stopped.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts a server. The lock is its own from here on, whatever happens.</summary>
    public static async Task<EmulatorServer> StartAsync(
        EmulatorOptions options, StateFolder folder, StateLock stateLock, CancellationToken cancellationToken)
    {
        var server = new EmulatorServer();
        try
        {
            await server.StartPartsAsync(options, folder, stateLock, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts other faults in the place of those in force, all at once. Their counts start anew.</summary>
    /// <param name="document">The faults, as <see cref="EmulatorOptions.Faults"/> has them.</param>
    /// <exception cref="ArgumentException">The document is not allowed; nothing has changed.</exception>
    public void ReplaceFaults(string document) =>
        (_faults ?? throw new InvalidOperationException("The server has not started.")).Replace(ReadFaults(document, nameof(document)));

    /// <summary>Stops the parts, the last one that was started first: all of them, whatever goes wrong. Then it throws the first that did.</summary>
    public async ValueTask DisposeAsync()
    {
        Exception? first = null;
        while (_stop.TryPop(out var stop))
        {
            try
            {
                await stop();
            }
            catch (Exception failure)
            {
                first ??= failure;
            }
        }

        _completion.TrySetResult();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task StartPartsAsync(EmulatorOptions options, StateFolder folder, StateLock stateLock, CancellationToken cancellationToken)
    {
        Own(stateLock);
        var wanted = ReadFaults(options.Faults, nameof(options));
        var faults = new LiveFaults(options.Seed, options.Time);
        var requestTime = options.RequestTime ?? options.Time;
        var clocks = new Clocks(new SkewedTime(options.Time, faults), new SkewedTime(requestTime, faults), options.BeginWork);
        var disk = new Disk(faults);

        // A killed server leaves its connection behind; nobody is to attach to that.
        folder.DeleteLeftovers();

        // The database holds secrets, and SQLite gives its side files the rights of the first one.
        OwnerOnly.Open(folder.DatabaseFile, FileMode.OpenOrCreate).Dispose();
        var database = Own(Database.Open(folder.DatabaseFile, disk));
        var identities = new IdentityStore(database);
        var identity = identities.LoadOrDraw();
        var certificate = Own(ServerCertificate.LoadOrCreate(folder, requestTime));
        var sockets = LoopbackSockets.Bind(options.Port, identity.Port);
        if (sockets.Port != identity.Port)
        {
            identity = identities.Save(identity with { Port = sockets.Port });
        }

        var scope = ArmScope.Of(options, identity, sockets.Port);
        var workspaceIds = identity.WorkspaceIds.Union(scope.WorkspaceIds, StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        if (workspaceIds.Length > identity.WorkspaceIds.Length)
        {
            identity = identities.Save(identity with { WorkspaceIds = workspaceIds });
        }

        var account = new StorageAccount(scope.StorageAccount, identity.StorageKey);
        var token = new BearerToken(identity.BearerToken);
        var blobs = new BlobStore(database, folder.Blobs, disk);
        blobs.EnsureContainer(scope.BlobContainer, clocks.Request.GetUtcNow());
        var workspace = new WorkspaceStore(database);
        var containers = new RunningContainers();
        _stop.Push(containers.DisposeAsync);
        var starter = new DeploymentStarter(
            workspace,
            blobs,
            containers,
            new StarterSettings(
                folder.Containers, workspaceIds, ArmScope.DefaultDatastore, scope.BlobContainer, account.Name, options.CoreLimit, clocks));
        var routes = new EndpointRoutes(workspace, containers, clocks.Request, identity.BearerToken, options.RouteChanged);
        var runner = new OperationRunner(workspace, starter, containers, clocks);
        _stop.Push(runner.DisposeAsync);
        var containersUp = runner.ResumeAsync(routes.Refresh);
        var clock = new OperationClock(clocks.Service, new OperationLatency(options.Latency, options.TimeScale));
        var frontDoor = new FrontDoor(routes, clocks, options.Seed, new ContainerFaults(faults, clocks.Request));
        _stop.Push(new MetricsStore(database, frontDoor, clocks.Request).DisposeAsync);
        var pipeline = new ArmPipeline(scope, token, new PollingSignature(identity.BearerToken), new RateCounters(clocks.Service), faults, clocks);
        var arm = new ArmRoutes(
            pipeline,
            new WorkspaceHandlers(scope, account, workspace),
            new DatastoreHandlers(scope, workspace, clock, account, clocks.Request),
            [
                (new ContainerHandlers(ContainerKind.Model, AssetReader.Model, scope, workspace, clock), new ModelVersionHandlers(scope, workspace, clock)),
                .. new[]
                {
                    (Kind: AssetKind.Code, Reader: AssetReader.Code),
                    (Kind: AssetKind.Environment, Reader: AssetReader.Environment),
                    (Kind: AssetKind.Data, Reader: AssetReader.Data),
                }.Select(asset => (
                    new ContainerHandlers(asset.Kind.Container, asset.Reader, scope, workspace, clock),
                    (IVersionHandlers)new AssetVersionHandlers(asset.Kind, asset.Reader, scope, workspace, clock))),
            ],
            new PendingUploadHandlers(scope, account, blobs, clocks.Request),
            new EndpointHandlers(scope, workspace, runner, clock, clocks.Request),
            new DeploymentHandlers(scope, workspace, runner, clock, containers, containersUp),
            new OperationHandlers(scope, workspace),
            new LocationHandlers(scope, workspace, options.CoreLimit),
            new MetricHandlers(scope, workspace, frontDoor, clocks.Service));
        var blobSurface = BlobSurface.Over(blobs, account, token, scope.TenantId, clocks.Request);
        var surfaces = new Surfaces(
            new FaultAdmin(faults, token),
            new FaultWay(faults, new ErrorAnswers(pipeline, blobSurface), clocks.Request, options.Watch),
            blobSurface,
            frontDoor,
            containersUp);
        var application = BuildApplication(sockets, certificate, surfaces, arm);
        _stop.Push(() => StopAsync(application));

        // Only now: what goes wrong by rule is not to go wrong at the start.
        faults.Replace(wanted);
        _faults = faults;
        await application.StartAsync(cancellationToken);
        _connection = Describe(options, folder, identity, certificate);

        // What is stopping is no more to be attached to.
        OnStop(() => ConnectionFile.Remove(folder));
        ConnectionFile.Write(folder, _connection);
    }

    private static FaultSettings ReadFaults(string? document, string parameter)
    {
        try
        {
            return document is null ? FaultSettings.None : FaultReader.Read(document);
        }
        catch (RefusedException refused)
        {
            throw new ArgumentException($"{nameof(EmulatorOptions.Faults)}: {refused.Message}", parameter);
        }
    }

    private static WebApplication BuildApplication(
        LoopbackSockets sockets, X509Certificate2 certificate, Surfaces surfaces, ArmRoutes arm)
    {
        // The empty builder reads no environment variables and no files, so nothing can make this server listen anywhere else.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<SocketTransportOptions>(options =>
        {
            options.CreateBoundListenSocket = sockets.Take;

            // No queues beside the thread pool's own: each works off what its connections have, one after the other.
            options.IOQueueCount = 0;
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1, BodyPatience);

            // Headers are read as UTF-8, and some of what they say goes back in a header.
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
            foreach (var endPoint in sockets.EndPoints)
            {
                kestrel.Listen(endPoint, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                    listen.UseHttps(certificate);
                });
            }
        });
        var application = builder.Build();
        application.Use((context, next) => surfaces.HandleAsync(context, next));
        application.UseRouting();
        arm.Map(application);
        return application;
    }

    private static EmulatorConnection Describe(
        EmulatorOptions options, StateFolder folder, EmulatorIdentity identity, X509Certificate2 certificate) => new()
        {
            ArmEndpoint = new Uri($"https://localhost:{identity.Port}/"),
            CertificatePath = folder.CertificateFile,
            CertificateSha256 = ServerCertificate.Sha256Of(certificate),
            BearerToken = identity.BearerToken,
            SubscriptionId = options.SubscriptionId,
            ResourceGroup = options.ResourceGroup,
            Workspace = options.Workspace,
            Location = options.Location,
            Latency = options.Latency,
            TimeScale = options.TimeScale,
            ProcessId = Environment.ProcessId,
            Port = identity.Port,
        };

    private static async ValueTask StopAsync(WebApplication application)
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        OnStop(part.Dispose);
        return part;
    }

    private void OnStop(Action stop) => _stop.Push(() =>
    {
        stop();
        return ValueTask.CompletedTask;
    });
}
