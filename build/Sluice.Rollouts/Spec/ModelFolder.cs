using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>A complete MLflow model folder on disk, as it was when it was read.</summary>
/// <param name="Path">The folder's absolute path.</param>
/// <param name="Digest">
/// The content hash that <c>az ml model create</c> computes for the same folder, in lower-case hex; it is what tells
/// whether a version is registered already.
/// </param>
/// <param name="Files">The number of files that are uploaded.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Inputs">The columns of the signature in <c>MLmodel</c>, in order; empty when it has none.</param>
public sealed record ModelFolder(string Path, string Digest, int Files, long Bytes, ImmutableArray<string> Inputs);
