using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Benchmarks.Measuring;

/// <summary>Takes secrets in where nothing is written that they could show up in.</summary>
internal sealed class UnreadMask : ISecretMask
{
    /// <inheritdoc/>
    public Secret Hide(string value) => new(value);
}
