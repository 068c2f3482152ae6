using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Assets;

/// <summary>The environments of the workspace.</summary>
/// <param name="connection">The way to the workspace.</param>
/// <param name="mayWrite">Is asked before each try to register a version; throws when nothing may be written.</param>
internal sealed class EnvironmentVersions(AzureConnection connection, Func<CancellationToken, Task> mayWrite)
{
    /// <summary>The id of the environment; one that a file describes and that is not registered yet is registered.</summary>
    /// <exception cref="RequestFailedException">There is no such environment, or the service refused it.</exception>
    /// <exception cref="RolloutException">Another environment stands under the name and version.</exception>
    public async Task<string> ResolveAsync(LongCall call, AssetSource source, CancellationToken cancellationToken) => source switch
    {
        AssetId given => given.Id,
        RegisteredAsset { Version: { } version } asset => IdOf(asset.Name, version).ToString(),
        RegisteredAsset asset => await NewestAsync(asset.Name, cancellationToken),
        InlineEnvironment described => await RegisterAsync(call, described, cancellationToken),
        _ => throw new ArgumentException($"An environment does not come from a {source.GetType().Name}.", nameof(source)),
    };

    private async Task<string> NewestAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var version in VersionsOf(name).GetAllAsync(Newest.Order, top: 1, cancellationToken: cancellationToken))
        {
            return version.Data.Id.ToString();
        }

        throw Newest.Missing("environment", name);
    }

    /// <remarks>
    /// A named environment without a version gets the one that follows from its content, where the official client takes the next number:
    /// a rollout that is run again must find what it made, and not make another one.
    /// </remarks>
    private async Task<string> RegisterAsync(LongCall call, InlineEnvironment described, CancellationToken cancellationToken)
    {
        var name = described.Name ?? AnonymousEnvironment.Name;
        var version = described.Version ?? AnonymousEnvironment.VersionOf(described);
        var context = described.Build is { Folder: { } folder }
            ? await UploadAsync(call, folder, name, version, cancellationToken)
            : described.Build?.Uri is { } uri ? new Uri(uri) : null;
        var versions = VersionsOf(name);
        var there = await versions.GetIfExistsAsync(version, cancellationToken);
        if (!there.HasValue)
        {
            call.Report("Registering environment");
            await mayWrite(cancellationToken);
            await versions.CreateOrUpdateAsync(
                WaitUntil.Completed, version, new MachineLearningEnvironmentVersionData(BodyOf(described, context)), cancellationToken);
        }
        else if (!IsSame(there.Value!.Data.Properties, described, context))
        {
            throw new RolloutException(
                $"Environment {name}:{version} is registered with another content than the deployment's file describes. Raise the version "
                + $"in the file, or write environment: azureml:{name}:{version} to use what is registered.");
        }

        return IdOf(name, version).ToString();
    }

    private async Task<Uri> UploadAsync(
        LongCall call, AssetFolder folder, string name, string version, CancellationToken cancellationToken)
    {
        call.Report("Reading build context");
        var contents = await Task.Run(() => AssetUpload.Read(folder.Path, folder.Digest, cancellationToken), cancellationToken);
        var uri = await new FolderUpload(connection).RunAsync(call, contents, name, version, cancellationToken);

        // The service wants the slash, the official client's source says.
        return new Uri($"{uri.AbsoluteUri}/");
    }

    /// <summary>Only what decides about the container counts: descriptions and tags may have been changed by people.</summary>
    private static bool IsSame(MachineLearningEnvironmentVersionProperties there, InlineEnvironment described, Uri? context) =>
        there.Image == described.Image
        && (there.CondaFile ?? "").TrimEnd() == (described.CondaFile ?? "").TrimEnd()
        && there.Build?.ContextUri == context
        && (there.Build is null || (there.Build.DockerfilePath ?? "Dockerfile") == (described.Build?.DockerfilePath ?? "Dockerfile"))
        && IsSame(there.InferenceConfig?.ScoringRoute, described.InferenceConfig?.Scoring)
        && IsSame(there.InferenceConfig?.LivenessRoute, described.InferenceConfig?.Liveness)
        && IsSame(there.InferenceConfig?.ReadinessRoute, described.InferenceConfig?.Readiness);

    private static bool IsSame(MachineLearningInferenceContainerRoute? there, RouteSpec? described) =>
        (there?.Path, there?.Port) == (described?.Path, described?.Port);

    private static MachineLearningEnvironmentVersionProperties BodyOf(InlineEnvironment described, Uri? context)
    {
        var properties = new MachineLearningEnvironmentVersionProperties
        {
            Description = described.Description,
            Image = described.Image,
            CondaFile = described.CondaFile,
            Build = context is null ? null : new MachineLearningBuildContext(context) { DockerfilePath = described.Build?.DockerfilePath },
            InferenceConfig = described.InferenceConfig is { } config ? Of(config) : null,
            OSType = described.OperatingSystem switch
            {
                OperatingSystemKind.Linux => MachineLearningOperatingSystemType.Linux,
                OperatingSystemKind.Windows => MachineLearningOperatingSystemType.Windows,
                _ => default(MachineLearningOperatingSystemType?),
            },
            IsAnonymous = described.Name is null ? true : null,
        };
        foreach (var (key, value) in described.Tags)
        {
            properties.Tags[key] = value;
        }

        foreach (var (key, value) in described.Properties)
        {
            properties.Properties[key] = value;
        }

        return properties;
    }

    private static MachineLearningInferenceContainerProperties Of(InferenceConfigSpec config) => new()
    {
        LivenessRoute = Of(config.Liveness),
        ReadinessRoute = Of(config.Readiness),
        ScoringRoute = Of(config.Scoring),
    };

    private static MachineLearningInferenceContainerRoute Of(RouteSpec route) => new(route.Path, route.Port);

    private ResourceIdentifier IdOf(string name, string version) =>
        connection.Workspace.Id.AppendChildResource("environments", name).AppendChildResource("versions", version);

    private MachineLearningEnvironmentVersionCollection VersionsOf(string name) =>
        connection.Client.GetMachineLearningEnvironmentContainerResource(connection.Workspace.Id.AppendChildResource("environments", name))
            .GetMachineLearningEnvironmentVersions();
}
