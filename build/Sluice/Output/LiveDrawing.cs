using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Output;

/// <summary>A picture that is drawn anew in its place until its end, and then once more.</summary>
internal sealed class LiveDrawing : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;

    /// <summary>Begins to draw.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="picture">What to draw, asked for each time.</param>
    /// <param name="frame">The pause between two drawings.</param>
    /// <param name="time">The person's clock, by which it is drawn anew.</param>
    public LiveDrawing(IAnsiConsole console, Func<IRenderable> picture, TimeSpan frame, TimeProvider time) =>
        _drawing = console.Live(new Text("")).StartAsync(async live =>
        {
            while (true)
            {
                live.UpdateTarget(picture());
                if (_ended.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(frame, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }
}
