namespace Sluice.Emulator.Faults;

/// <summary>The moments of a request at which something can happen to it.</summary>
internal enum FaultMoment
{
    /// <summary>It has come in, and nothing was done.</summary>
    BeforeEffect,

    /// <summary>All was done, and nothing of the answer was sent.</summary>
    AfterEffect,

    /// <summary>The answer was sent.</summary>
    AfterAnswer,
}
