using System.Diagnostics;
using Sluice.Benchmarks.Figures;
using Sluice.Benchmarks.References;

namespace Sluice.Benchmarks.Measuring;

/// <summary>A <see cref="ReferenceServer"/> in a process of its own.</summary>
internal sealed class ReferenceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ReferenceProcess(Process process, Uri address) => (_process, Target) = (process, new ScoringTarget(address, Key: null));

    /// <summary>Where it scores.</summary>
    public ScoringTarget Target { get; }

    /// <summary>Starts it.</summary>
    public static async Task<ReferenceProcess> StartAsync(Ground ground, CancellationToken cancellationToken)
    {
        var process = OwnProgram.With(
            ground,
            ReferenceServer.Mode,
            Path.Combine(HeartEndpoints.ModelOf(ground), "model.onnx"),
            Path.Combine(ground.Checkout, "config", "requests.json"),
            ground.Folder("reference")).Start();
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return address is not null
            ? new ReferenceProcess(process, new Uri(address))
            : throw new InvalidOperationException($"The reference did not start:\n{await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
