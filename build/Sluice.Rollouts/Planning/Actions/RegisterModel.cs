using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Upload a model folder and make the next version of it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Tags">The tags that the version gets.</param>
public sealed record RegisterModel(string Model, ModelFolder Folder, ImmutableSortedDictionary<string, string> Tags) : RolloutAction
{
    /// <summary>What is created beside it, for an upload takes a while and the endpoint needs no model; null for nothing.</summary>
    public CreateEndpoint? Beside { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"register {Folder.Path} as the next version of {Model}{(Beside is null ? "" : $" and {Beside} meanwhile")}";
}
