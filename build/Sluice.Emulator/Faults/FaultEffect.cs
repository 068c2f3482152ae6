namespace Sluice.Emulator.Faults;

/// <summary>What goes wrong.</summary>
internal abstract record FaultEffect
{
    /// <summary>What it does to a request, an operation or a write, as the end of a sentence about it.</summary>
    public abstract string Describe();

    /// <summary>Names a moment, as the end of a sentence.</summary>
    protected static string Name(FaultMoment moment) => moment == FaultMoment.BeforeEffect ? "before its effect" : "after its effect";
}
