namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Evidence that two arms have different success rates, in either direction, block by block. Against <see cref="CountEProcess"/> it
/// needs no tolerance and asks less of the share, but an incident that hits both arms costs it evidence.
/// </summary>
/// <remarks>
/// Source: Turner, Ly, Grünwald 2021, Generic E-variables for exact sequential k-sample tests that allow for optional stopping, arXiv
/// 2106.02693. A block's rates are guessed from the blocks before it alone, and the common rate is weighed by the sizes of the block
/// that is scored.
/// </remarks>
public sealed class SafeTwoByTwo
{
    /// <summary>The parameter of the prior that the paper finds best against unknown alternatives.</summary>
    public const double UsualPrior = 0.18;

    private double _baselineAlpha;
    private double _baselineBeta;
    private double _canaryAlpha;
    private double _canaryBeta;

    /// <summary>Evidence with the usual priors.</summary>
    public SafeTwoByTwo()
        : this(UsualPrior, UsualPrior, UsualPrior, UsualPrior)
    {
    }

    /// <summary>Evidence with Beta priors; ones near the true rates find a difference earlier, and none makes it invalid.</summary>
    /// <param name="baselineAlpha">Events that the baseline is credited with, above 0.</param>
    /// <param name="baselineBeta">Non-events that the baseline is credited with, above 0.</param>
    /// <param name="canaryAlpha">Events that the canary is credited with, above 0.</param>
    /// <param name="canaryBeta">Non-events that the canary is credited with, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0, or not finite.</exception>
    public SafeTwoByTwo(double baselineAlpha, double baselineBeta, double canaryAlpha, double canaryBeta)
    {
        Allowed.Positive(baselineAlpha);
        Allowed.Positive(baselineBeta);
        Allowed.Positive(canaryAlpha);
        Allowed.Positive(canaryBeta);
        (_baselineAlpha, _baselineBeta, _canaryAlpha, _canaryBeta) = (baselineAlpha, baselineBeta, canaryAlpha, canaryBeta);
    }

    /// <summary>The natural logarithm of the evidence against "both rates are equal"; 0 at the start.</summary>
    public double LogE { get; private set; }

    /// <summary>What the baseline's rate is guessed to be, between 0 and 1.</summary>
    public double BaselineRate => _baselineAlpha / (_baselineAlpha + _baselineBeta);

    /// <summary>What the canary's rate is guessed to be, between 0 and 1. The evidence has no direction; the guesses have.</summary>
    public double CanaryRate => _canaryAlpha / (_canaryAlpha + _canaryBeta);

    /// <summary>Adds a block of requests to both arms. Unlike in the ratio process the order of blocks matters.</summary>
    /// <param name="baselineEvents">0 to <paramref name="baselineRequests"/>.</param>
    /// <param name="baselineRequests">0 or more.</param>
    /// <param name="canaryEvents">0 to <paramref name="canaryRequests"/>.</param>
    /// <param name="canaryRequests">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void Add(double baselineEvents, double baselineRequests, double canaryEvents, double canaryRequests)
    {
        Allowed.Amount(baselineRequests);
        Allowed.Amount(canaryRequests);
        Allowed.Within(baselineEvents, 0, baselineRequests);
        Allowed.Within(canaryEvents, 0, canaryRequests);
        var requests = baselineRequests + canaryRequests;
        if (requests == 0)
        {
            return;
        }

        var common = ((baselineRequests * BaselineRate) + (canaryRequests * CanaryRate)) / requests;
        LogE += LogLikelihood(BaselineRate, baselineEvents, baselineRequests) + LogLikelihood(CanaryRate, canaryEvents, canaryRequests)
            - LogLikelihood(common, baselineEvents + canaryEvents, requests);
        _baselineAlpha += baselineEvents;
        _baselineBeta += baselineRequests - baselineEvents;
        _canaryAlpha += canaryEvents;
        _canaryBeta += canaryRequests - canaryEvents;
    }

    private static double LogLikelihood(double rate, double events, double requests) =>
        (events * Math.Log(rate)) + ((requests - events) * Math.Log(1 - rate));
}
