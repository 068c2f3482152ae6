using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A list of values.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Items">The values in order.</param>
internal sealed record SpecList(Place Place, ImmutableArray<SpecNode> Items) : SpecNode(Place)
{
    /// <inheritdoc/>
    public override string Found => "a list";
}
