using Sluice.Rollouts.Analysis.Samples;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Evidence that the values of a time are higher than those of a time before: of each is asked whether it is above the highest one before, a
/// few of the highest left out.
/// </summary>
/// <remarks>
/// <para>Of values that come from the same distribution, independent of each other, the next one is above the (r + 1)-th highest of n with a
/// probability of (r + a + 1) / (n + j + 1), when a of the j since then were: each place in the order is as likely. Minutes are not so
/// independent, and incidents last a while. So it counts as an even chance at least, and several minutes are needed, however bad they are.</para>
/// <para>Without leaving any out, one bad minute among a hundred good ones would hide whatever comes later. With three of 120 left out, and
/// an error rate that wanders (a standard deviation of 1 of its logarithm, half an hour long), 0.4 % of equal candidates go back in 40
/// minutes and 1.9 % in four hours, where the limit is that of six gates at 5 %.</para>
/// </remarks>
internal sealed class AgainstWorst
{
    /// <summary>
    /// The part of a gate's false rollbacks that such a comparison may add to them: what it is compared with is another time, and it is the
    /// weaker one.
    /// </summary>
    public const double PartOfBudget = 0.1;

    /// <summary>One value of so many before is left out, the highest ones first.</summary>
    private const int OneLeftOutOf = 40;

    private readonly CountEProcess _evidence = CountEProcess.ForFail(1);
    private readonly double _highest;
    private readonly double _tolerance;
    private int _aboveHighest;

    /// <summary>Begins with the values of the time before.</summary>
    /// <param name="before">The values; where there are none, nothing can be said.</param>
    /// <param name="tolerance">By which factor values may be above those before, at least 1.</param>
    public AgainstWorst(IReadOnlyCollection<double> before, double tolerance)
    {
        Before = before.Count;
        LeftOut = Before / OneLeftOutOf;
        _highest = before.OrderDescending().Skip(LeftOut).FirstOrDefault(double.NaN);
        _aboveHighest = LeftOut;
        _tolerance = tolerance;
        UsualLimit = Before == 0 ? double.NaN : NearestRank.Of(before, 50) * tolerance;
    }

    /// <summary>The number of values before.</summary>
    public int Before { get; }

    /// <summary>How many of them, the highest ones, are left out.</summary>
    public int LeftOut { get; }

    /// <summary>The values that were held against those before.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were above the limit.</summary>
    public int Above { get; private set; }

    /// <summary>What a value may be at most; not a number where there are none before.</summary>
    public double Limit => _highest * _tolerance;

    /// <summary>What a value would be at most if the median one before were the highest; not a number where there are none before.</summary>
    public double UsualLimit { get; }

    /// <summary>What a value is compared with, in words that end with the number of values before.</summary>
    public string Reference => LeftOut == 0 ? $"the worst one of {Before}" : $"all but {LeftOut} of {Before}";

    /// <summary>The natural logarithm of the evidence; 0 at the start.</summary>
    public double LogE => _evidence.LogE;

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (Before == 0)
        {
            return;
        }

        var chance = Math.Max(Evidence.EvenChance, (_aboveHighest + 1.0) / (Before + Count + 1));
        var isAbove = value > Limit;
        _evidence.Add(isAbove ? 0 : 1, isAbove ? 1 : 0, chance);
        Count++;
        Above += isAbove ? 1 : 0;
        _aboveHighest += value > _highest ? 1 : 0;
    }
}
