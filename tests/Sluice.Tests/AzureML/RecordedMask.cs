using System.Collections.Concurrent;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.AzureML;

/// <summary>Keeps the values that were hidden.</summary>
internal sealed class RecordedMask : ISecretMask
{
    private readonly ConcurrentQueue<string> _hidden = new();

    public IEnumerable<string> Hidden => _hidden;

    public Secret Hide(string value)
    {
        _hidden.Enqueue(value);
        return new Secret(value);
    }
}
