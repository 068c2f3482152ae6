using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>What a client may set on an online endpoint. JSON is kept where the emulator does not look inside.</summary>
/// <param name="Location">The region.</param>
/// <param name="AuthMode"><c>Key</c>, <c>AMLToken</c> or <c>AADToken</c>.</param>
/// <param name="PublicNetworkAccess"><c>Enabled</c> or <c>Disabled</c>.</param>
/// <param name="Compute">ARM id of the Kubernetes compute; null for a managed endpoint.</param>
/// <param name="Description">Free text.</param>
/// <param name="Traffic">Live traffic, deployment name to percent.</param>
/// <param name="MirrorTraffic">Mirrored traffic, deployment name to percent.</param>
/// <param name="Tags">The tags, an object.</param>
/// <param name="Identity">The identity as sent, an object with a canonical <c>type</c>.</param>
/// <param name="Sku">The sku as sent, or null.</param>
/// <param name="CustomProperties"><c>properties.properties</c> without the service's own two entries, an object.</param>
internal sealed record EndpointContent(
    string Location,
    string AuthMode,
    string PublicNetworkAccess,
    string? Compute,
    string? Description,
    IReadOnlyDictionary<string, int> Traffic,
    IReadOnlyDictionary<string, int> MirrorTraffic,
    JsonElement Tags,
    JsonElement Identity,
    JsonElement? Sku,
    JsonElement CustomProperties)
{
    /// <summary>Azure runs the machines.</summary>
    public bool IsManaged => Compute is null;

    /// <summary>Percent of the live traffic that a deployment gets.</summary>
    public int TrafficOf(string deployment) => Share(Traffic, deployment);

    /// <summary>Percent of the live traffic that a deployment gets a copy of.</summary>
    public int MirrorTrafficOf(string deployment) => Share(MirrorTraffic, deployment);

    private static int Share(IReadOnlyDictionary<string, int> map, string deployment) =>
        map.FirstOrDefault(share => share.Key.Equals(deployment, StringComparison.OrdinalIgnoreCase)).Value;
}
