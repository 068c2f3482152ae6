using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.State;

/// <summary>A registered version of a model.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version, usually a number.</param>
/// <param name="Digest">
/// The content hash of the folder it was made from, lower-case hex; null when it was registered in a way that does not tell.
/// </param>
public sealed record ModelVersion(string Name, string Version, string? Digest)
{
    /// <summary>The registry that holds it; null for the workspace.</summary>
    public string? Registry { get; init; }

    /// <summary>What it is made of; null when that is not told.</summary>
    public ModelType? Type { get; init; }

    /// <summary>Name and version in words.</summary>
    public string Title => TitleOf(Registry, Name, Version);

    /// <summary>The source that speaks of this version and no other.</summary>
    public ModelSource Source => Registry is { } registry ? new RegistryModel(registry, Name, Version) : new WorkspaceModel(Name, Version);

    /// <summary>Name and version in words.</summary>
    internal static string TitleOf(string? registry, string name, string? version) =>
        $"{name} version {version}{(registry is null ? "" : $" of registry {registry}")}";

    /// <summary>Whether it is the version that a source speaks of, or for a label one that it may speak of.</summary>
    public bool IsOf(ModelSource source) => source switch
    {
        ModelFolder folder => Registry is null
            && Digest is not null
            && (Digest == folder.Digest || Digest == folder.OlderDigest)
            && (Type is null || Type == folder.Type),
        WorkspaceModel model => Registry is null && IsNamed(model.Name, model.Version),
        RegistryModel model => Is(Registry, model.Registry) && IsNamed(model.Name, model.Version),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "There is no such source."),
    };

    /// <summary>Whether it is what a journal calls by its content: the digest of a folder, or the name and version of a registered model.</summary>
    public bool Has(string content) => Digest == content || Source.Title == content;

    private bool IsNamed(string name, string? version) => Is(Name, name) && (version is null || Is(Version, version));

    /// <summary>Azure's names ignore case.</summary>
    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
