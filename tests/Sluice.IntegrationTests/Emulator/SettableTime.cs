namespace Sluice.IntegrationTests.Emulator;

/// <summary>The system's clock, put forward by a test; timers run as ever.</summary>
internal sealed class SettableTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
