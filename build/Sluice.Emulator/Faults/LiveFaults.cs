using System.Security.Cryptography;

namespace Sluice.Emulator.Faults;

/// <summary>Holds the plan in force, which can be exchanged while the emulator serves.</summary>
internal sealed class LiveFaults
{
    private readonly TimeProvider _time;
    private volatile FaultPlan _current;

    /// <summary>Starts without a fault.</summary>
    /// <param name="seed">Makes chance repeatable; null draws a seed.</param>
    /// <param name="time">The clock, without skew.</param>
    public LiveFaults(int? seed, TimeProvider time)
    {
        Seed = seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        _time = time;
        _current = new FaultPlan(FaultSettings.None, Seed, time);
    }

    /// <summary>The seed of all plans.</summary>
    public int Seed { get; }

    /// <summary>The plan in force.</summary>
    public FaultPlan Current => _current;

    /// <summary>Puts a new plan in the place of the present one, all of it at once. Its counts start anew.</summary>
    public void Replace(FaultSettings settings) => _current = new FaultPlan(settings, Seed, _time);
}
