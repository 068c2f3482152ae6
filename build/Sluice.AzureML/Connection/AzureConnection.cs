using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Azure.Storage;
using Azure.Storage.Blobs;
using Sluice.AzureML.Uploads;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Connection;

/// <summary>
/// The way to one workspace, in Azure or local: who calls, where to, and one pool of connections for ARM, blobs, sign-in and
/// scoring. Whether it is local is known here and nowhere else.
/// </summary>
/// <remarks>
/// The SDK's own retries are for reads, see <see cref="ReadRetryPolicy"/>, and for blobs, which are written to paths that tell their
/// content or under a condition that a second write does not meet.
/// </remarks>
public sealed class AzureConnection : IDisposable
{
    /// <summary>Bytes of a scoring answer: far more than the service passes on, far less than the memory of a build agent.</summary>
    private const int LongestAnswer = 64 * 1024 * 1024;

    private static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly SocketsHttpHandler? _handler;
    private readonly HttpClientTransport? _transportToDispose;
    private readonly HttpPipelineTransport _transport;
    private readonly TokenCredential _credential;
    private readonly DelayStrategy? _delay;
    private readonly string _scoringAudience;

    private AzureConnection(
        WorkspaceSpec workspace, SocketsHttpHandler handler, ArmEnvironment environment, string scoringAudience,
        Func<HttpPipelineTransport, TokenCredential> credential, ISecretMask mask, Func<IDisposable>? beginCall = null)
        : this(
            workspace,
            TransportOver(beginCall is null ? handler : new AnnouncedCalls(handler, beginCall)),
            handler,
            environment,
            scoringAudience,
            credential,
            mask)
    {
        _handler = handler;
        _transportToDispose = (HttpClientTransport)_transport;
    }

    /// <summary>For tests, which answer the requests themselves.</summary>
    internal AzureConnection(
        WorkspaceSpec workspace, HttpPipelineTransport transport, HttpMessageHandler scoring, ArmEnvironment environment,
        string scoringAudience, Func<HttpPipelineTransport, TokenCredential> credential, ISecretMask mask, DelayStrategy? delay = null)
    {
        Mask = mask;
        _transport = transport;
        _credential = new MaskedCredential(credential(transport), mask);
        _delay = delay;
        _scoringAudience = scoringAudience;
        Scoring = new HttpClient(scoring, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        Client = new ArmClient(
            _credential,
            workspace.SubscriptionId,
            new ArmClientOptions { Environment = environment, Transport = transport, RetryPolicy = new ReadRetryPolicy(delay) });
        Environment = environment;
        Pipeline = HttpPipelineBuilder.Build(
            new ArmClientOptions { Transport = transport, RetryPolicy = new ReadRetryPolicy(delay) },
            new BearerTokenAuthenticationPolicy(_credential, environment.DefaultScope));
        RegistryDiscovery = DiscoveryOf(workspace.Cloud);
        Workspace = Client.GetMachineLearningWorkspaceResource(
            MachineLearningWorkspaceResource.CreateResourceIdentifier(workspace.SubscriptionId, workspace.ResourceGroup, workspace.Name));
        Datastore = new DefaultDatastore(this);
    }

    /// <summary>Takes in what the service shows of keys and tokens.</summary>
    internal ISecretMask Mask { get; }

    /// <summary>The client of ARM.</summary>
    internal ArmClient Client { get; }

    /// <summary>Where ARM is.</summary>
    internal ArmEnvironment Environment { get; }

    /// <summary>
    /// The way of the calls that the SDK has no method for: to registries, which ask for the same token as ARM, and to Azure Monitor, which
    /// ARM leads to.
    /// </summary>
    internal HttpPipeline Pipeline { get; }

    /// <summary>Where registries are found, with a slash at the end; null in the local cloud, which has none.</summary>
    internal Uri? RegistryDiscovery { get; }

    /// <summary>The workspace.</summary>
    internal MachineLearningWorkspaceResource Workspace { get; }

    /// <summary>The workspace's default datastore.</summary>
    internal DefaultDatastore Datastore { get; }

    /// <summary>The client for scoring.</summary>
    internal HttpClient Scoring { get; }

    /// <summary>The way to a workspace in Azure; nothing is called yet.</summary>
    /// <param name="workspace">The workspace, its cloud and the credential.</param>
    /// <param name="mask">Takes the secrets in.</param>
    /// <exception cref="ArgumentException">The cloud is the local one.</exception>
    /// <exception cref="RolloutException">The credential lacks something; the sentence says what, and what to do.</exception>
    public static AzureConnection ToAzure(WorkspaceSpec workspace, ISecretMask mask) =>
        ToAzure(workspace, mask, (signIn, authority, transport) => Credentials.Create(signIn, authority, transport, mask));

    /// <summary>The way to a workspace in Azure, for a diagnosis: what a credential lacks is told when it is asked for a token.</summary>
    /// <param name="workspace">The workspace, its cloud and the credential.</param>
    /// <param name="mask">Takes the secrets in.</param>
    /// <exception cref="ArgumentException">The cloud is the local one.</exception>
    public static AzureConnection ToAzureForDiagnosis(WorkspaceSpec workspace, ISecretMask mask) => ToAzure(
        workspace,
        mask,
        (signIn, authority, transport) =>
        {
            try
            {
                return Credentials.Create(signIn, authority, transport, mask);
            }
            catch (RolloutException lack)
            {
                return new UnavailableCredential(lack.Message);
            }
        });

    private static AzureConnection ToAzure(
        WorkspaceSpec workspace, ISecretMask mask, Func<SignIn, Uri, HttpPipelineTransport, TokenCredential> credential)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(mask);
        var cloud = CloudEnvironment.Of(workspace.Cloud);
        var signIn = new SignIn(workspace.Credential, workspace.Cloud, workspace.TenantId, System.Environment.GetEnvironmentVariable);
        signIn.Hide(mask);
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = PooledConnectionLifetime,
        };
        return new AzureConnection(
            workspace,
            handler,
            cloud.Arm,
            cloud.ScoringAudience,
            transport => credential(signIn, cloud.Authority, transport) switch
            {
                UnavailableCredential unavailable => unavailable,
                var available => new SignInCredential(available, signIn),
            },
            mask);
    }

    /// <summary>The way to the workspace of a local Azure ML; nothing is called yet.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="cloud">The local Azure ML.</param>
    /// <param name="mask">Takes the secrets in.</param>
    /// <exception cref="ArgumentException">The end point is not https on localhost, or the certificate's hash is not one.</exception>
    public static AzureConnection ToLocal(WorkspaceSpec workspace, LocalCloud cloud, ISecretMask mask)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(mask);
        var audience = cloud.ArmEndpoint.GetLeftPart(UriPartial.Authority);
        return new AzureConnection(
            workspace,
            LoopbackHandler.Create(cloud),
            new ArmEnvironment(cloud.ArmEndpoint, audience),
            audience,
            _ => new StaticTokenCredential(cloud.BearerToken),
            mask,
            cloud.BeginCall);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        Scoring.Dispose();
        _transportToDispose?.Dispose();
        _handler?.Dispose();
    }

    /// <summary>An endpoint of the workspace, without a look at it.</summary>
    internal MachineLearningOnlineEndpointResource Endpoint(string name) =>
        Client.GetMachineLearningOnlineEndpointResource(Workspace.Id.AppendChildResource("onlineEndpoints", name));

    /// <summary>A container of a storage account, reached with the account's key.</summary>
    internal BlobContainerClient Container(Uri uri, StorageSharedKeyCredential key) => new(uri, key, BlobOptions());

    /// <summary>A container of a storage account, reached with a shared access signature.</summary>
    internal BlobContainerClient Container(Uri uri, Azure.AzureSasCredential signature) => new(uri, signature, BlobOptions());

    /// <summary>A container of a storage account, reached as the caller of the workspace.</summary>
    internal BlobContainerClient Container(Uri uri) => new(uri, _credential, BlobOptions());

    /// <summary>A token of the caller for the scoring of endpoints with the auth mode <see cref="AuthMode.AadToken"/>.</summary>
    internal ValueTask<AccessToken> GetScoringTokenAsync(CancellationToken cancellationToken) =>
        _credential.GetTokenAsync(new TokenRequestContext([_scoringAudience + "/.default"]), cancellationToken);

    /// <summary>A token of the caller for ARM.</summary>
    internal ValueTask<AccessToken> GetArmTokenAsync(CancellationToken cancellationToken) =>
        _credential.GetTokenAsync(new TokenRequestContext([Environment.DefaultScope]), cancellationToken);

    /// <summary>
    /// Any region answers for all; <c>azure-ai-ml</c> asks this one in the public cloud. Those of the other clouds were not seen.
    /// </summary>
    private static Uri? DiscoveryOf(Cloud cloud) => cloud switch
    {
        Cloud.AzureCloud => new Uri("https://eastus.api.azureml.ms/"),
        Cloud.AzureChinaCloud => new Uri("https://chinaeast2.api.ml.azure.cn/"),
        Cloud.AzureUSGovernment => new Uri("https://usgovvirginia.api.ml.azure.us/"),
        _ => null,
    };

    /// <summary>
    /// A transport without a limit of its own: how long a try may take is the pipelines' word, and an <see cref="HttpClient"/>'s 100 s would
    /// end a large upload before it, see <see cref="BlobTimeoutPolicy"/>.
    /// </summary>
    internal static HttpClientTransport TransportOver(HttpMessageHandler handler) =>
        new(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });

    private BlobClientOptions BlobOptions()
    {
        var options = new BlobClientOptions { Transport = _transport };
        options.AddPolicy(new BlobTimeoutPolicy(), HttpPipelinePosition.PerCall);
        if (_delay is not null)
        {
            options.RetryPolicy = new RetryPolicy(options.Retry.MaxRetries, _delay);
        }

        return options;
    }
}
