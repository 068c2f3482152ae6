using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Tests.Analysis.Measurements;

/// <summary>Measurements by a letter each: S good, F failed, I inconclusive, E without a value; a minute apart.</summary>
internal static class Measured
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Measurement> Of(string letters) => [.. letters.Select((letter, minute) => new Measurement(
        Start.AddMinutes(minute),
        letter switch
        {
            'S' => MetricPhase.Successful,
            'F' => MetricPhase.Failed,
            'I' => MetricPhase.Inconclusive,
            'E' => MetricPhase.Error,
            _ => throw new ArgumentException($"'{letter}' stands for no phase.", nameof(letters)),
        },
        letter == 'E' ? null : minute,
        $"number {minute + 1}"))];
}
