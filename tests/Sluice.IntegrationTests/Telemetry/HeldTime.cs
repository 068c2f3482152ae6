namespace Sluice.IntegrationTests.Telemetry;

/// <summary>The system's clock until a test holds it; then it shows the time that the test sets. Timers run as ever.</summary>
internal sealed class HeldTime : TimeProvider
{
    private long _held;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Read(ref _held) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : base.GetUtcNow();

    public void HoldAt(DateTimeOffset time) => Interlocked.Exchange(ref _held, time.UtcTicks);
}
