using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Endpoints;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Journal;
using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Diagnosis;

/// <summary>Asks Azure what a diagnosis wants to know. All requests are reads.</summary>
/// <param name="connection">The way to the workspace. It stays the caller's to dispose of.</param>
/// <param name="time">The clock that is held against ARM's.</param>
public sealed partial class ServiceFacts(AzureConnection connection, TimeProvider time) : IServiceFacts
{
    private const string SubscriptionVersion = "2022-12-01";
    private const string PermissionsVersion = "2022-04-01";
    private const string RegionVersion = "2023-10-01";

    /// <summary>The header tells whole seconds, and leaves out the rest.</summary>
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    private string Subscription => $"/subscriptions/{connection.Workspace.Id.SubscriptionId}";

    /// <inheritdoc/>
    public Task<ReachFact> ReachAsync(CancellationToken cancellationToken) =>
        ReachAsync(new Uri(connection.Environment.Endpoint, $"{Subscription}?api-version={SubscriptionVersion}"), cancellationToken);

    /// <inheritdoc/>
    public Task<ReachFact> ReachScoringAsync(Uri scoringUri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scoringUri);
        return ReachAsync(new Uri(scoringUri, "/"), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CallerFact> SignInAsync(CancellationToken cancellationToken) => WorkspaceCall.RunAsync(
        "sign in",
        async () => TokenClaims.Read((await connection.GetArmTokenAsync(cancellationToken)).Token),
        cancellationToken);

    /// <inheritdoc/>
    public Task<SubscriptionFact> ReadSubscriptionAsync(CancellationToken cancellationToken) => WorkspaceCall.RunAsync(
        $"read subscription {connection.Workspace.Id.SubscriptionId}",
        async () =>
        {
            var address = new Uri(connection.Environment.Endpoint, $"{Subscription}?api-version={SubscriptionVersion}");
            var found = await PlainGet.ReadAsync(connection, address, cancellationToken);
            return new SubscriptionFact(found.TextOf("displayName") ?? "", found.TextOf("state") ?? "Unknown", found.TextOf("tenantId"));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkspaceFact> ReadWorkspaceAsync(CancellationToken cancellationToken) => WorkspaceCall.RunAsync(
        $"read workspace {connection.Workspace.Id.Name}",
        async () =>
        {
            var data = (await connection.Workspace.GetAsync(cancellationToken)).Value.Data;
            return new WorkspaceFact(
                data.Location.Name,
                data.ProvisioningState?.ToString() ?? "Unknown",
                !string.Equals(data.PublicNetworkAccess?.ToString(), "Disabled", StringComparison.OrdinalIgnoreCase),
                data.StorageAccount);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Permissions> ReadPermissionsAsync(CancellationToken cancellationToken) => WorkspaceCall.RunAsync(
        $"read the caller's rights on workspace {connection.Workspace.Id.Name}",
        () => PermissionsOnAsync(connection.Workspace.Id.ToString(), cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoreFact> ReadStoreAsync(string endpoint, WorkspaceFact workspace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var segments = JournalSegments.Of(connection, endpoint);
        return WorkspaceCall.RunAsync(
            $"open the default datastore of workspace {connection.Workspace.Id.Name}",
            async () =>
            {
                var (store, isThere, isAppendBlob, isLeased) = await segments.LookAsync(cancellationToken);
                var open = isLeased ? JournalFormat.Read((await segments.ReadAsync(cancellationToken)).Content.Span).OpenRun : null;
                var rights = store.IsAsCaller && IsOf(workspace.StorageAccountId, store.Account)
                    ? await TryReadPermissionsAsync(workspace.StorageAccountId!, cancellationToken)
                    : null;
                return new StoreFact(store.Name, store.Account, store.IsAsCaller, isThere, isLeased, open, rights)
                {
                    Misplaced = isThere && !isAppendBlob ? segments.First : null,
                };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MachineSize>> ListSizesAsync(string location, CancellationToken cancellationToken) => ListAsync(
        location,
        "vmSizes",
        size => new MachineSize(size.TextOf("name") ?? "", size.TextOf("family"), size.GetProperty("vCPUs").GetInt32()),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoreUsage>> ListUsagesAsync(string location, CancellationToken cancellationToken) => ListAsync(
        location,
        "usages",
        usage => new CoreUsage(
            usage.GetProperty("name").TextOf("value") ?? "",
            usage.GetProperty("currentValue").GetInt64(),
            usage.TryGetProperty("limit", out var limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetInt64() : -1),
        cancellationToken);

    /// <inheritdoc/>
    public Task<EndpointFact> ReadEndpointAsync(string endpoint, CancellationToken cancellationToken) => WorkspaceCall.RunAsync(
        $"read endpoint {endpoint}",
        () => new EndpointLook(connection, new RecentReads(time)).AtAsync(endpoint, cancellationToken),
        cancellationToken);

    private Task<IReadOnlyList<T>> ListAsync<T>(
        string location, string what, Func<JsonElement, T> read, CancellationToken cancellationToken) => WorkspaceCall.RunAsync<IReadOnlyList<T>>(
            $"list the {what} of {location}",
            async () =>
            {
                var path = $"{Subscription}/providers/Microsoft.MachineLearningServices/locations/{location}/{what}?api-version={RegionVersion}";
                return [.. (await PlainGet.ListAsync(connection, path, cancellationToken)).Select(read)];
            },
            cancellationToken);

    private async Task<Permissions> PermissionsOnAsync(string resource, CancellationToken cancellationToken)
    {
        var path = $"{resource}/providers/Microsoft.Authorization/permissions?api-version={PermissionsVersion}";
        var entries = await PlainGet.ListAsync(connection, path, cancellationToken);
        return new(
        [
            .. entries.Select(entry => new PermissionEntry(
                Texts(entry, "actions"), Texts(entry, "notActions"), Texts(entry, "dataActions"), Texts(entry, "notDataActions"))),
        ]);
    }

    private async Task<Permissions?> TryReadPermissionsAsync(string resource, CancellationToken cancellationToken)
    {
        try
        {
            return await PermissionsOnAsync(resource, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Any answer will do: that of a server that wants a token is as good as another one, and costs nothing.</summary>
    private async Task<ReachFact> ReachAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var sent = time.GetUtcNow();
            using var answer = await connection.Scoring.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var between = sent + ((time.GetUtcNow() - sent) / 2);
            return new(
                address,
                answer.Headers.Date is { } date ? TimeSpan.FromSeconds(Math.Round((date + HalfASecond - between).TotalSeconds)) : null,
                answer.Headers.WwwAuthenticate.Select(TenantOf).FirstOrDefault(tenant => tenant is not null));
        }
        catch (HttpRequestException exception)
        {
            var (code, why) = exception.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => (ReachFact.NameUnknown, "No name service that this machine asks knows it."),
                HttpRequestError.SecureConnectionError => (ReachFact.NotSecured, "TLS did not come about, or the certificate is not trusted here."),
                HttpRequestError.ProxyTunnelError => (ReachFact.ProxyRefused, "The proxy let nothing through."),
                _ => (ReachFact.NoConnection, "No connection came about."),
            };
            throw new WorkspaceCallException($"reach {address.Host}", code, $"{why} {exception.Message}", innerException: exception);
        }
    }

    /// <summary>The tenant of the sign-in that is wanted: ARM names it to whoever brings no token, for the subscription that is asked for.</summary>
    private static string? TenantOf(AuthenticationHeaderValue challenge) =>
        AuthorizationUri().Match(challenge.Parameter ?? "") is { Success: true } match ? match.Groups["tenant"].Value : null;

    private static bool IsOf(string? id, string account) => id?.EndsWith($"/storageAccounts/{account}", StringComparison.OrdinalIgnoreCase) == true;

    private static ImmutableArray<string> Texts(JsonElement element, string member) =>
        element.TryGetProperty(member, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")]
            : [];

    [GeneratedRegex(
        """authorization_uri="https://[^/"]+/(?<tenant>[0-9a-fA-F-]{36})["/]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AuthorizationUri();
}
