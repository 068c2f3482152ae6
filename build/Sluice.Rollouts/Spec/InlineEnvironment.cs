using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>An environment that a deployment's file describes itself, or in a file of its own.</summary>
public sealed record InlineEnvironment : AssetSource
{
    /// <summary>The name to register it under; null for an anonymous one.</summary>
    public string? Name { get; init; }

    /// <summary>The version to register; null for one that follows from the content. Null without a name.</summary>
    public string? Version { get; init; }

    /// <summary>The description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The base image; null when <see cref="Build"/> says what it is built of.</summary>
    public string? Image { get; init; }

    /// <summary>The conda file as YAML with sorted keys; null for none.</summary>
    public string? CondaFile { get; init; }

    /// <summary>What the image is built of; null when there is <see cref="Image"/>.</summary>
    public BuildContextSpec? Build { get; init; }

    /// <summary>How the container of an image of one's own is asked; null for Azure's inference server.</summary>
    public InferenceConfigSpec? InferenceConfig { get; init; }

    /// <summary>The image's operating system; null for the service's default.</summary>
    public OperatingSystemKind? OperatingSystem { get; init; }

    /// <summary>The person's own tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The person's own properties.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
