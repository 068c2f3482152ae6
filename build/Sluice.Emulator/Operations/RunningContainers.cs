using System.Collections.Concurrent;
using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Operations;

/// <summary>The containers that run in this process, by the operation that started each.</summary>
internal sealed class RunningContainers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, ModelContainer> _containers = new();

    /// <summary>The container, or null when it does not run.</summary>
    public ModelContainer? Find(Guid id) => _containers.GetValueOrDefault(id);

    /// <summary>Takes a container in.</summary>
    public void Add(Guid id, ModelContainer container) => _containers[id] = container;

    /// <summary>Ends a container, if it runs.</summary>
    public ValueTask StopAsync(Guid id) => _containers.TryRemove(id, out var container) ? container.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Ends all containers, also when one does not end well.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_containers.Keys.Select(id => StopAsync(id).AsTask()));
}
