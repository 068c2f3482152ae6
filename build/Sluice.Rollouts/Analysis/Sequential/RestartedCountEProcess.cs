namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Evidence for a rollback that also finds a canary which got worse after a long time of being good. Evidence from the start alone would
/// first have to make up for what that time spoke for the canary: after six good hours, for most of an hour more.
/// </summary>
/// <remarks>
/// It is a mean of <see cref="CountEProcess"/>es, one from the start and one from each later look with errors, whose weights were fixed
/// before and add up to 1. So it is an e-process itself, and the threshold is the same. That a sum over starts finds a change soon is the
/// idea of Shin, Ramdas, Rinaldo 2022, E-detectors: a nonparametric framework for sequential change detection.
/// </remarks>
public sealed class RestartedCountEProcess
{
    /// <summary>The weight of the evidence from the start; the rest is for all later ones.</summary>
    private const double OfStart = 0.8;

    private readonly CountEProcess _fromStart;

    // Of each alternative, the logarithm of the sum of the later evidence so far, times its weights.
    private readonly double[] _later;
    private readonly double[] _before;
    private long _looks;

    /// <summary>Evidence against "the canary's error rate is at most <paramref name="tolerance"/> times the baseline's".</summary>
    /// <param name="tolerance">The ratio that is put up with, 1 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is outside its range.</exception>
    public RestartedCountEProcess(double tolerance = 1.25)
    {
        _fromStart = CountEProcess.ForFail(tolerance);
        _later = new double[_fromStart.State.Length];
        _before = new double[_fromStart.State.Length];
        Array.Fill(_later, double.NegativeInfinity);
    }

    /// <summary>By how much it is below the evidence from the start alone, at most, as a natural logarithm.</summary>
    public static double Cost { get; } = -Math.Log(OfStart);

    /// <summary>
    /// The natural logarithm of the evidence; 0 at the start. Compare it with <see cref="Evidence.Threshold(double, int)"/>.
    /// </summary>
    public double LogE => Evidence.Sum(Math.Log(OfStart) + _fromStart.LogE, Evidence.Mean(_later), Math.Log(LeftAfter(_looks)));

    /// <summary>Adds a look. One without errors, or with requests of one arm only, leaves the evidence as it is.</summary>
    /// <param name="baselineErrors">The baseline's errors in the look, 0 or more.</param>
    /// <param name="canaryErrors">The canary's errors in the look, 0 or more.</param>
    /// <param name="canaryShare">The canary's share of the look's requests as counted, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not finite.</exception>
    public void Add(double baselineErrors, double canaryErrors, double canaryShare)
    {
        _fromStart.State.CopyTo(_before);
        _fromStart.Add(baselineErrors, canaryErrors, canaryShare);
        if (canaryShare is 0 or 1 || baselineErrors + canaryErrors == 0)
        {
            return;
        }

        var weight = Math.Log(LeftAfter(_looks) - LeftAfter(_looks + 1));
        for (var i = 0; i < _later.Length; i++)
        {
            _later[i] = Evidence.Sum(_later[i], weight) + (_fromStart.State[i] - _before[i]);
        }

        _looks++;
    }

    /// <summary>Adds requests that both arms answered, see <see cref="CountEProcess.AddPairs"/>.</summary>
    /// <param name="baselineOnly">Pairs in which the baseline failed and the canary did not, 0 or more.</param>
    /// <param name="canaryOnly">Pairs in which the canary failed and the baseline did not, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public void AddPairs(double baselineOnly, double canaryOnly) => Add(baselineOnly, canaryOnly, 0.5);

    /// <summary>The weight that is left for the looks to come. It falls slowly, so that a change after many looks is found little later.</summary>
    private static double LeftAfter(long looks) => (1 - OfStart) / Math.Log(looks + Math.E);
}
