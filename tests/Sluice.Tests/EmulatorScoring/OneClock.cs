using Sluice.Emulator;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>The clocks of tests that have but one.</summary>
internal static class OneClock
{
    extension(Clocks)
    {
        /// <summary>One clock for both.</summary>
        internal static Clocks Both(TimeProvider time) => new(time, time);
    }
}
