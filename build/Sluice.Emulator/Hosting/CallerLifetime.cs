using Microsoft.Extensions.Hosting;

namespace Sluice.Emulator.Hosting;

/// <summary>The web host lives as long as its caller says. The usual lifetime would take SIGINT and SIGTERM away from the program.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
