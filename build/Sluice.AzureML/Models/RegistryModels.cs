using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Sluice.AzureML.Connection;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Models;

/// <summary>The versions of models in registries.</summary>
/// <remarks>
/// A registry has an Azure subscription of its own, in which the caller need have no rights, so that ARM cannot be asked. As in
/// <c>_registry_utils.py</c> of <c>azure-ai-ml</c>, a discovery call tells where the registry is, and the service there answers with
/// the bodies of ARM. No such exchange is on record; which api-version newer releases send there is unknown.
/// </remarks>
internal sealed class RegistryModels(AzureConnection connection)
{
    private const string ApiVersion = "2021-10-01-dataplanepreview";

    /// <summary>What was found, for this run: a version of a registry is never another one later.</summary>
    private readonly ConcurrentDictionary<RegistryModel, ImmutableArray<ModelVersion>> _found = new();

    /// <summary>
    /// Of each source: the version that it names, or, where there is none or it is a label, a page of those that there are, newest first.
    /// </summary>
    /// <exception cref="RequestFailedException">A registry does not exist or may not be read; or the cloud has none.</exception>
    public async Task<ImmutableArray<ModelVersion>> ListAsync(IEnumerable<RegistryModel> sources, CancellationToken cancellationToken)
    {
        var all = ImmutableArray.CreateBuilder<ModelVersion>();
        foreach (var source in sources.Distinct())
        {
            if (!_found.TryGetValue(source, out var versions))
            {
                versions = await ReadAsync(source, cancellationToken);
                if (versions.Any(version => version.IsOf(source)))
                {
                    _found[source] = versions;
                }
            }

            all.AddRange(versions);
        }

        return all.ToImmutable();
    }

    private async Task<ImmutableArray<ModelVersion>> ReadAsync(RegistryModel source, CancellationToken cancellationToken)
    {
        var versions = await LocateAsync(source, cancellationToken);
        if (source.Version is { } wanted
            && await GetAsync($"{versions}/{Uri.EscapeDataString(wanted)}?api-version={ApiVersion}", cancellationToken) is { } found)
        {
            return [Version(source, found)];
        }

        var page = await GetAsync($"{versions}?api-version={ApiVersion}&$orderBy=createdtime%20desc", cancellationToken);
        return page is { } list && list.TryGetProperty("value", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? [.. entries.EnumerateArray().Select(entry => Version(source, entry))]
            : [];
    }

    /// <summary>The URL of a model's versions.</summary>
    private async Task<string> LocateAsync(RegistryModel source, CancellationToken cancellationToken)
    {
        var discovery = connection.RegistryDiscovery
            ?? throw new RequestFailedException(0, "The local Azure ML has no registries.", "NoRegistries", innerException: null);
        var registry = Uri.EscapeDataString(source.Registry);
        var found = await GetAsync($"{discovery}registrymanagement/v1.0/registries/{registry}/discovery", cancellationToken)
            ?? throw new RequestFailedException(
                404, $"There is no registry '{source.Registry}'.", "RegistryNotFound", innerException: null);
        var host = found.TextOf("primaryRegionResourceProviderUri");
        var subscription = found.TextOf("subscriptionId");
        var group = found.TextOf("resourceGroup");

        // The caller's token goes there.
        var isHttps = Uri.TryCreate(host, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
        if (!isHttps || subscription is null || group is null)
        {
            throw new RequestFailedException(
                0, $"The registry '{source.Registry}' does not say where its service is.", "NoRegistryService", innerException: null);
        }

        return $"{host!.TrimEnd('/')}/mferp/managementfrontend/subscriptions/{subscription}/resourceGroups/{group}"
            + $"/providers/Microsoft.MachineLearningServices/registries/{registry}/models/{Uri.EscapeDataString(source.Name)}/versions";
    }

    private async Task<JsonElement?> GetAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            return await PlainGet.ReadAsync(connection, new Uri(url), cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    private static ModelVersion Version(RegistryModel source, JsonElement entry)
    {
        var type = entry.TryGetProperty("properties", out var properties) ? properties.TextOf("modelType") : null;
        return new ModelVersion(source.Name, entry.TextOf("name") ?? "", Digest: null)
        {
            Registry = source.Registry,
            Type = ModelTypes.Parse(type),
        };
    }
}
