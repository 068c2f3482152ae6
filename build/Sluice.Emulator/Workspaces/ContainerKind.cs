using System.Collections.Immutable;
using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>What tells the containers of models, of code, of environments and of data apart.</summary>
/// <param name="Collection">The collection's name in paths.</param>
/// <param name="Noun">What a person calls one of the assets.</param>
/// <param name="MissingCode">The error's code where there is none.</param>
/// <param name="Of">The containers of the kind in a workspace.</param>
/// <param name="With">The workspace with other containers of the kind.</param>
/// <param name="VersionsOf">The versions under a name.</param>
/// <param name="WithoutVersionsOf">The workspace without the versions under a name.</param>
internal sealed record ContainerKind(
    string Collection,
    string Noun,
    string MissingCode,
    Func<WorkspaceState, ImmutableDictionary<string, AssetContainer>> Of,
    Func<WorkspaceState, ImmutableDictionary<string, AssetContainer>, WorkspaceState> With,
    Func<WorkspaceState, string, IReadOnlyList<(string Version, DateTimeOffset CreatedAt)>> VersionsOf,
    Func<WorkspaceState, string, WorkspaceState> WithoutVersionsOf)
{
    /// <summary>Models.</summary>
    public static ContainerKind Model { get; } = new(
        "models",
        "model",
        "ModelNotFound",
        state => state.Models,
        (state, containers) => state with { Models = containers },
        (state, name) => [.. state.VersionsOf(name).Select(version => (version.Version, version.CreatedAt))],
        (state, name) => state with { ModelVersions = state.ModelVersions.RemoveRange(state.VersionsOf(name).Select(version => version.Key)) });

    /// <summary>The container of that name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public AssetContainer Find(WorkspaceState state, string name) => Of(state).GetValueOrDefault(name) ?? throw Missing(name);

    /// <summary>The workspace with a container for a version, made where there was none yet.</summary>
    public WorkspaceState WithContainer(WorkspaceState state, string name, JsonElement properties, DateTimeOffset now) =>
        Of(state).ContainsKey(name) ? state : With(state, Of(state).Add(name, AssetContainer.Of(name, properties, now)));

    /// <summary>
    /// Whether a version counts as archived: by its own mark, or because its container is archived, which archives all versions under the
    /// name until the container is restored (documentation of <c>az ml model archive</c> and <c>az ml model restore</c>).
    /// </summary>
    public bool IsArchived(WorkspaceState state, string name, bool mark) => mark || Find(state, name).IsArchived;

    /// <summary>A version's own mark once a client has written it. What is sent back as it was read leaves the mark as it is.</summary>
    public bool MarkAfter(WorkspaceState state, string name, bool mark, bool? sent) =>
        sent is { } wanted && wanted != IsArchived(state, name, mark) ? wanted : mark;

    /// <summary>The refusal of what is not there.</summary>
    public RefusedException Missing(string name, string? version = null) => Refuse.AssetNotFound(MissingCode, MissingText(name, version));

    /// <summary>That a container is not there, or a version in it.</summary>
    public string MissingText(string name, string? version = null) =>
        $"{char.ToUpperInvariant(Noun[0])}{Noun[1..]} container with name: {name}{(version is null ? "" : $" and version: {version}")} not found.";
}
