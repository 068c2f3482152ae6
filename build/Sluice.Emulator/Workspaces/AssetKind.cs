using System.Collections.Immutable;

namespace Sluice.Emulator.Workspaces;

/// <summary>What tells code, environments and data apart on the wire.</summary>
/// <param name="Collection">The collection's name in paths.</param>
/// <param name="Noun">What a person calls one.</param>
/// <param name="ContainersOf">The containers of the kind in a workspace.</param>
/// <param name="WithContainers">The workspace with other containers of the kind.</param>
/// <param name="Of">The versions of the kind in a workspace.</param>
/// <param name="With">The workspace with other versions of the kind.</param>
/// <param name="Needed">The members of <c>properties</c> of which a version has at least one.</param>
/// <param name="Fixed">The members that never change.</param>
/// <param name="Changed">The refusal of a version, by name and version, that would change one of them.</param>
/// <param name="Defaults">The members that the service adds.</param>
/// <param name="Inherited">The members that the container takes over from its first version.</param>
internal sealed record AssetKind(
    string Collection,
    string Noun,
    Func<WorkspaceState, ImmutableDictionary<string, AssetContainer>> ContainersOf,
    Func<WorkspaceState, ImmutableDictionary<string, AssetContainer>, WorkspaceState> WithContainers,
    Func<WorkspaceState, ImmutableDictionary<string, AssetVersion>> Of,
    Func<WorkspaceState, ImmutableDictionary<string, AssetVersion>, WorkspaceState> With,
    IReadOnlyList<string> Needed,
    IReadOnlyList<string> Fixed,
    Func<string, string, RefusedException> Changed,
    IReadOnlyList<(string Name, string Value)> Defaults,
    IReadOnlyList<string> Inherited)
{
    /// <summary>Code.</summary>
    public static AssetKind Code { get; } = new(
        "codes",
        "code",
        state => state.CodeContainers,
        (state, containers) => state with { CodeContainers = containers },
        state => state.Codes,
        (state, versions) => state with { Codes = versions },
        ["codeUri"],
        ["codeUri"],
        (_, _) => Refuse.AssetMoved(),
        [],
        []);

    /// <summary>Environments.</summary>
    public static AssetKind Environment { get; } = new(
        "environments",
        "environment",
        state => state.EnvironmentContainers,
        (state, containers) => state with { EnvironmentContainers = containers },
        state => state.Environments,
        (state, versions) => state with { Environments = versions },
        ["image", "build"],
        ["image", "build", "condaFile"],
        Refuse.EnvironmentRegistered,
        [("environmentType", "UserCreated"), ("osType", "Linux")],
        []);

    /// <summary>
    /// Data: a name for files. Official clients register what a deployment's <c>dataCollector</c> is to write. A folder is what
    /// <c>az ml</c> takes data for whose type is not said.
    /// </summary>
    public static AssetKind Data { get; } = new(
        "data",
        "data",
        state => state.DataContainers,
        (state, containers) => state with { DataContainers = containers },
        state => state.Data,
        (state, versions) => state with { Data = versions },
        ["dataUri"],
        ["dataUri"],
        (_, _) => Refuse.AssetMoved(),
        [("dataType", "uri_folder")],
        ["dataType"]);

    /// <summary>The containers of its versions.</summary>
    public ContainerKind Container { get; } = new(
        Collection,
        Noun,
        "NotFound",
        ContainersOf,
        WithContainers,
        (state, name) => [.. Under(Of(state), name).Select(version => (version.Version, version.CreatedAt))],
        (state, name) => With(state, Of(state).RemoveRange(Under(Of(state), name).Select(version => version.Key))));

    /// <summary>The versions of an asset.</summary>
    public IEnumerable<AssetVersion> VersionsOf(WorkspaceState state, string name) => Under(Of(state), name);

    private static IEnumerable<AssetVersion> Under(ImmutableDictionary<string, AssetVersion> versions, string name) =>
        versions.Values.Where(version => version.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
