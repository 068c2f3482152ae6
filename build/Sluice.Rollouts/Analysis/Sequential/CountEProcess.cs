using System.Runtime.Intrinsics;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Evidence about the ratio of two error rates, canary to baseline, that may be looked at after every interval and acted upon at any
/// time. Given how many errors a look has in all, the share of them that falls on the canary depends on the ratio alone:
/// <c>p(δ) = ρ·e^δ / (1 − ρ + ρ·e^δ)</c>, with δ the logarithm of the ratio and ρ the canary's share of that look's requests. The
/// evidence is the likelihood ratio against the edge of the null hypothesis, averaged over a grid of δ.
/// </summary>
/// <remarks>
/// <para>Source: Lindon, Malek 2022, Anytime-valid inference for multinomial count data; Lindon, Sanden, Shirikian 2022, Rapid
/// regression detection in software deployments through sequential testing. That it holds for fixed splits too is Hoeffding 1963: the
/// hypergeometric law is below the binomial one in convex order.</para>
/// <para>By Ville's inequality <see cref="LogE"/> ever reaches ln(1/α) with a probability of at most α while the null hypothesis holds.
/// Incidents that hit both arms cancel, and the weight may change from look to look. Errors that come in bursts do not cancel, and
/// are too much evidence where each is counted. A gate on a replay can count each look once; callers' errors are counted one by one, for
/// <see cref="BurstCounter"/> needs the time and place of each, and telemetry has their number in a minute alone.</para>
/// </remarks>
public sealed class CountEProcess
{
    /// <summary>The largest ratio of the error rates that can be ruled out.</summary>
    public const double LargestRatio = 20;

    private const int FailGrid = 40;
    private const int PassGrid = 20;
    private const double ClosestAlternative = 0.1;
    private const double LowestAlternative = -1;

    // e to this power is nothing beside 1, and yet a normal number: others take the exponential function far longer.
    private const double Negligible = -700;

    // Alternatives are taken eight at a time, in whatever registers the machine has.
    private static readonly int AtOnce = Vector512<double>.Count;

    private readonly int _alternatives;

    // The sums, one per alternative, are all the state there is: who stores them can go on after a crash. Behind them stand as many sums of
    // minus infinity, which weigh nothing, as make their number a whole multiple.
    private readonly double[] _sums;
    private readonly double[] _steps;
    private readonly double[] _oddsRatios;

    private CountEProcess(double nullRatio, double first, double last, int alternatives)
    {
        NullRatio = nullRatio;
        _alternatives = alternatives;
        var length = (alternatives + AtOnce - 1) / AtOnce * AtOnce;
        _sums = new double[length];
        _steps = new double[length];
        _oddsRatios = new double[length];
        Array.Fill(_sums, double.NegativeInfinity, alternatives, length - alternatives);
        var distance = (last - first) / (alternatives - 1);
        for (var i = 0; i < alternatives; i++)
        {
            var logRatio = i == alternatives - 1 ? last : first + (i * distance);
            _steps[i] = logRatio - Math.Log(nullRatio);
            _oddsRatios[i] = Math.Exp(logRatio);
        }
    }

    /// <summary>The edge of the null hypothesis, as the ratio of the canary's error rate to the baseline's.</summary>
    public double NullRatio { get; }

    /// <summary>
    /// The natural logarithm of the evidence against the null hypothesis; 0 at the start. Compare it with
    /// <see cref="Evidence.Threshold(double, int)"/>.
    /// </summary>
    public double LogE
    {
        get
        {
            var highest = Vector512.Create(double.NegativeInfinity);
            for (var i = 0; i < _sums.Length; i += AtOnce)
            {
                highest = Vector512.Max(highest, Vector512.Create(_sums, i));
            }

            var largest = double.NegativeInfinity;
            for (var i = 0; i < AtOnce; i++)
            {
                largest = Math.Max(largest, highest[i]);
            }

            var totals = Vector512<double>.Zero;
            for (var i = 0; i < _sums.Length; i += AtOnce)
            {
                totals += Vector512.Exp(Vector512.Max(Vector512.Create(_sums, i) - Vector512.Create(largest), Vector512.Create(Negligible)));
            }

            var total = Vector512.Sum(totals);
            return largest + Math.Log(total / _alternatives);
        }
    }

    /// <summary>One running sum per alternative: all that <see cref="Restore"/> needs. A view, which later looks change.</summary>
    public ReadOnlySpan<double> State => _sums.AsSpan(0, _alternatives);

    /// <summary>Evidence for a rollback: against "the canary's error rate is at most <paramref name="tolerance"/> times the baseline's".</summary>
    /// <param name="tolerance">The ratio that is put up with, 1 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is outside its range.</exception>
    public static CountEProcess ForFail(double tolerance = 1.25)
    {
        Allowed.Within(tolerance, 1, 10);
        return new(tolerance, Math.Log(tolerance) + ClosestAlternative, Math.Log(LargestRatio), FailGrid);
    }

    /// <summary>Evidence for an early promotion: against "the canary's error rate is at least <paramref name="ratio"/> times the baseline's".</summary>
    /// <param name="ratio">The ratio that must be ruled out, 1 to 20.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is outside its range.</exception>
    public static CountEProcess ForPass(double ratio = 2)
    {
        Allowed.Within(ratio, 1, LargestRatio);
        return new(ratio, LowestAlternative, Math.Log(ratio) - ClosestAlternative, PassGrid);
    }

    /// <summary>
    /// Adds a look. The order of looks does not matter, nor does splitting one into several of the same share. A look with a share of 0
    /// or 1 says nothing about a ratio and leaves the evidence as it is, also if errors are reported for the arm that had no requests.
    /// </summary>
    /// <param name="baselineErrors">The baseline's errors in the look, 0 or more.</param>
    /// <param name="canaryErrors">The canary's errors in the look, 0 or more.</param>
    /// <param name="canaryShare">
    /// The canary's share of the look's requests as counted, 0 to 1. The configured weight will not do: at a true share of 12 % instead
    /// of 10 %, a test at 5 % rolls back 12 % of the good canaries.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not finite.</exception>
    public void Add(double baselineErrors, double canaryErrors, double canaryShare)
    {
        Allowed.Amount(baselineErrors);
        Allowed.Amount(canaryErrors);
        Allowed.Within(canaryShare, 0, 1);
        if (canaryShare is 0 or 1 || baselineErrors + canaryErrors == 0)
        {
            return;
        }

        // s_a·ln((1−p)/(1−p₀)) + s_b·ln(p/p₀), with the common denominators of p and of p₀ taken out: one logarithm per alternative.
        var errors = baselineErrors + canaryErrors;
        var atEdge = Math.Log(1 - canaryShare + (canaryShare * NullRatio));
        for (var i = 0; i < _sums.Length; i += AtOnce)
        {
            var atAlternative = Vector512.Log(Vector512.Create(1 - canaryShare) + (canaryShare * Vector512.Create(_oddsRatios, i)));
            var added = (canaryErrors * Vector512.Create(_steps, i)) - (errors * (atAlternative - Vector512.Create(atEdge)));
            (Vector512.Create(_sums, i) + added).CopyTo(_sums, i);
        }
    }

    /// <summary>
    /// Adds requests that both arms answered, as a replay or a mirror gives them: only the pairs that differ count, and each falls on
    /// either arm alike while the arms are equal (a sequential form of McNemar's test). The ratio is then that of the differing pairs.
    /// </summary>
    /// <param name="baselineOnly">Pairs in which the baseline failed and the canary did not, 0 or more.</param>
    /// <param name="canaryOnly">Pairs in which the canary failed and the baseline did not, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public void AddPairs(double baselineOnly, double canaryOnly) => Add(baselineOnly, canaryOnly, 0.5);

    /// <summary>Goes on from a stored state of an evidence of the same side and ratio.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    /// <exception cref="ArgumentException">The state has another length, or a number that no look can lead to.</exception>
    public void Restore(ReadOnlySpan<double> state)
    {
        if (state.Length != _alternatives)
        {
            throw new ArgumentException($"The state has {state.Length} sums; this evidence has {_alternatives}.", nameof(state));
        }

        foreach (var sum in state)
        {
            if (!double.IsFinite(sum))
            {
                throw new ArgumentException($"The state has the sum {sum}, which is not finite.", nameof(state));
            }
        }

        state.CopyTo(_sums);
    }
}
