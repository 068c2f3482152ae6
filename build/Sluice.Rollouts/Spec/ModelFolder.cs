using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>A model on disk, as it was when it was read: a folder, or the single file of a custom model.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Digest">
/// The content hash that <c>az ml model create</c> computes for the same folder, in lower-case hex; it is what tells
/// whether a version is registered already.
/// </param>
/// <param name="Files">The number of files that are uploaded.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Inputs">The columns of the signature in <c>MLmodel</c>, in order; empty when it has none.</param>
public sealed record ModelFolder(string Path, string Digest, int Files, long Bytes, ImmutableArray<string> Inputs) : ModelSource
{
    /// <summary>What it is made of.</summary>
    public ModelType Type { get; init; } = ModelType.Mlflow;

    /// <summary>The flavours that <c>MLmodel</c> names, in order; empty for a model of another type than MLflow's.</summary>
    public ImmutableArray<string> Flavors { get; init; } = [];

    /// <summary>The hash in the form that older releases of <c>az ml</c> compute; null when it is not known.</summary>
    public string? OlderDigest { get; init; }

    /// <inheritdoc/>
    public override string Title => Path;
}
