namespace Sluice.Tests.Analysis;

/// <summary>What one interval of a simulated rollout gives.</summary>
internal readonly record struct Look(int BaselineErrors, int BaselineRequests, int CanaryErrors, int CanaryRequests)
{
    public double CanaryShare => CanaryRequests / Math.Max(1.0, BaselineRequests + CanaryRequests);

    public static Look operator +(Look left, Look right) => new(
        left.BaselineErrors + right.BaselineErrors,
        left.BaselineRequests + right.BaselineRequests,
        left.CanaryErrors + right.CanaryErrors,
        left.CanaryRequests + right.CanaryRequests);

    /// <summary>Requests that arrive at random and are routed at random.</summary>
    public static Look Random(Random random, double requests, double weight, double baselineRate, double canaryRate)
    {
        var baseline = random.Poisson(requests * (1 - weight));
        var canary = random.Poisson(requests * weight);
        return new(random.Binomial(baseline, baselineRate), baseline, random.Binomial(canary, canaryRate), canary);
    }

    /// <summary>A fixed number of requests that are routed at random, or split exactly.</summary>
    public static Look Fixed(Random random, int requests, double weight, double rate, bool isSplitExactly = false)
    {
        var canary = isSplitExactly ? (int)Math.Round(requests * weight) : random.Binomial(requests, weight);
        return new(random.Binomial(requests - canary, rate), requests - canary, random.Binomial(canary, rate), canary);
    }
}
