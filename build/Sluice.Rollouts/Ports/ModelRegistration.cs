using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Ports;

/// <summary>A model version to be made.</summary>
/// <param name="Name">The model.</param>
/// <param name="Folder">The folder to upload.</param>
/// <param name="Tags">The tags that the version gets.</param>
public sealed record ModelRegistration(string Name, ModelFolder Folder, ImmutableSortedDictionary<string, string> Tags);
