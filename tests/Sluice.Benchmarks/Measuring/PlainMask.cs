using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Benchmarks.Measuring;

/// <summary>Takes secrets in where nobody else reads along.</summary>
internal sealed class PlainMask : ISecretMask
{
    /// <inheritdoc/>
    public Secret Hide(string value) => new(value);
}
