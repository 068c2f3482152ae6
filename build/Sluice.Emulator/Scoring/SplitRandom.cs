namespace Sluice.Emulator.Scoring;

/// <summary>
/// Random numbers for traffic splits: repeatable from a seed, without a lock, the same sequence however many threads draw from it.
/// The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
internal sealed class SplitRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Makes the sequence repeatable.</param>
    /// <param name="stream">Sequences of one seed with different names are independent.</param>
    internal SplitRandom(int seed, string stream)
    {
        _state = Mix(unchecked((uint)seed) + Golden);
        foreach (var c in stream)
        {
            _state = Mix(_state ^ c);
        }
    }

    /// <summary>Draws a whole number, each equally likely.</summary>
    /// <param name="bound">Positive; one more than the largest number drawn.</param>
    internal int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);

        // The high half of the product is the number; draws in the low half's incomplete last stretch are thrown away (Lemire 2019).
        var threshold = (uint)(-bound) % (uint)bound;
        ulong product;
        do
        {
            product = (Next() >> 32) * (uint)bound;
        }
        while ((uint)product < threshold);

        return (int)(product >> 32);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private ulong Next() => Mix(Interlocked.Add(ref _state, Golden));
}
