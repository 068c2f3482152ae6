using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.IntegrationTests;

/// <summary>Takes secrets in where nobody else reads along.</summary>
internal sealed class PlainMask : ISecretMask
{
    public Secret Hide(string value) => new(value);
}
