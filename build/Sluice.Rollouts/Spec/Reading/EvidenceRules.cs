using System.Globalization;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Holds what the gates need against what the steps bring. What no run could ever bring is a mistake; what the usual traffic does not bring is
/// noted, for it may be another one tomorrow.
/// </summary>
/// <param name="reading">The strategy, without mistakes.</param>
/// <param name="mistakes">Takes what can't be.</param>
/// <param name="notes">Takes what is not to be expected.</param>
internal sealed class EvidenceRules(StrategyReading reading, Mistakes mistakes, Mistakes notes)
{
    private const string FewCallers =
        "a minute has too few requests of callers to compare, or too many of the looks among them (with a longer lookInterval fewer minutes have any)";

    /// <summary>With a lower one what is slow for a while, on one deployment alone, is soon a slow candidate.</summary>
    private const double LeastSteadyTolerance = 1.1;

    private readonly StrategySpec _strategy = reading.Spec;
    private readonly HashSet<string> _told = [];

    /// <summary>Applies the rules.</summary>
    /// <param name="probes">The rows that there are to send.</param>
    public void Check(ProbeSpec probes)
    {
        var different = probes.Rows.Distinct(StringComparer.Ordinal).Count();
        foreach (var gate in reading.Gates.Concat(reading.Steps.SelectMany(step => step.Gates)))
        {
            CheckTolerance(gate);
            CheckRepeats(gate, different);
        }

        var figures = RolloutFigures.Of(_strategy, probes.Rows.Length);
        CheckProbes(figures);
        foreach (var (step, index) in figures.Steps.Select((step, index) => (step, index)))
        {
            var own = index < reading.Steps.Length ? reading.Steps[index] : null;
            foreach (var gate in reading.Gates.Concat(own?.Gates ?? []).Where(gate => !gate.Value.ObserveOnly))
            {
                foreach (var figure in step.Gates.Where(figure => figure.Gate == gate.Value.Name))
                {
                    if (figure.Kind == FigureKind.Minimum && gate.Value.On.NoData != Consequence.Advance)
                    {
                        CheckMinimum(gate, step, figure);
                    }
                    else if (figure.Kind == FigureKind.ProvePass && own?.UntilEvidence is { } longest)
                    {
                        CheckProof(longest.Place, step, figure);
                    }
                    else if (figure is { Kind: FigureKind.FindRegression, Unit: FigureUnit.Minutes })
                    {
                        CheckSight(gate, step, figure);
                    }
                    else if (figure is { Kind: FigureKind.FindRegression } && gate.Value is LatencyRule && (own is null || own.Gates.Contains(gate)))
                    {
                        CheckLooks(gate, step, figure, figures.Steps.Take(index));
                    }
                }
            }
        }
    }

    /// <summary>The limit on failed probes is no test: what fails as usual may be beyond it at one of many looks.</summary>
    private void CheckProbes(RolloutFigures figures)
    {
        if (figures.ProbesFail > _strategy.FalseRollback)
        {
            notes.Add(
                reading.MaximumErrorRate,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"rollout.gate.maximumErrorRate is {(decimal)_strategy.Gate.MaximumErrorRate}, and {(decimal)figures.ErrorRate * 100:0.####} % of requests fail as usual "
                    + $"(rollout.traffic.errorRate): failed probes alone send {Share(figures.ProbesFail.Value)} of such candidates back, though rollout.falseRollback "
                    + $"is {(decimal)_strategy.FalseRollback}. A higher limit, more minimumProbes or fewer probes send back fewer."));
        }
    }

    /// <summary>With less than its minimum a gate says NoData, and the rollout comes to a halt.</summary>
    private void CheckMinimum(Field<GateRule> gate, StepFigures step, GateFigure figure)
    {
        if (!FallsShort(figure) || !_told.Add(figure.Gate))
        {
            return;
        }

        // Rows are sent by the looks alone, so that their number is known; callers may come after all.
        (figure.Unit == FigureUnit.Pairs ? mistakes : notes).Add(
            gate.Place,
            $"Gate {figure.Gate} needs {Amount(figure.Needed!.Value, figure.Unit)}, and the step of {step.Title} brings "
            + $"{Text(figure.Before + figure.Most!.Value)} in the {Duration.Format(step.WithPatience.Time)} that a run looks at it at most: {Sum(step, step.WithPatience, figure)}.");
    }

    private void CheckTolerance(Field<GateRule> gate)
    {
        if (gate.Value is LatencyRule { Source: EvidenceSource.Traffic, Objective: null, Tolerance: < LeastSteadyTolerance } latency)
        {
            notes.Add(gate.Place, FormattableString.Invariant(
                $"Gate {latency.Name} has a tolerance of {latency.Tolerance}: a deployment that is slow for a while by chance is soon called slower; at least {LeastSteadyTolerance} is steadier."));
        }
    }

    /// <summary>A row that is sent again is answered as it was: it makes a gate sure of the rows that there are, and of no others.</summary>
    private void CheckRepeats(Field<GateRule> gate, int rows)
    {
        var minimum = gate.Value switch
        {
            AgreementRule agreement => agreement.MinimumPairs,
            DriftRule drift => drift.MinimumPairs,
            _ => 0,
        };
        if (minimum > rows)
        {
            notes.Add(
                gate.Place,
                $"Gate {gate.Value.Name} needs {Amount(minimum, FigureUnit.Pairs)}, and there {(rows == 1 ? "is 1 row" : $"are {Text(rows)} different rows")} "
                + "to send: the same ones are compared again and again, which tells nothing of other rows. A file with as many rows as pairs are needed does.");
        }
    }

    /// <summary>A gate that no minute of the usual traffic tells anything passes whatever happens.</summary>
    private void CheckSight(Field<GateRule> gate, StepFigures step, GateFigure figure)
    {
        if (figure.Before + figure.Most == 0 && (step.Longest ?? step.Bake).WholeMinutes > 0 && _told.Add(figure.Gate))
        {
            notes.Add(
                gate.Place,
                $"Gate {figure.Gate} finds nothing in the step of {step.Title}, and proves nothing: {FewCallers}.");
        }
    }

    /// <summary>A gate whose looks are over before it could say Fail sends nothing back; asked at the last step of those that have it.</summary>
    private void CheckLooks(Field<GateRule> gate, StepFigures step, GateFigure figure, IEnumerable<StepFigures> earlier)
    {
        var waits = earlier.Sum(before => before.Longest?.Pairs - before.Bake.Pairs ?? 0);
        if (figure.Before + waits + figure.Most < figure.Needed && _told.Add(figure.Gate))
        {
            notes.Add(
                gate.Place,
                $"Gate {figure.Gate} can hold a slow candidate and not send it back: it needs {Amount(figure.Needed!.Value, figure.Unit)} to {figure.About}, and there are "
                + $"{Text(figure.Before + figure.Most!.Value)} by the end of the step of {step.Title}: {Sum(step, step.Longest ?? step.Bake, figure)}. A shorter "
                + "lookInterval brings more looks.");
        }
    }

    private void CheckProof(Place place, StepFigures step, GateFigure figure)
    {
        if (figure is { Needed: null, Unit: FigureUnit.Pairs })
        {
            mistakes.Add(
                place,
                $"The step of {step.Title} waits for gate {figure.Gate} to {figure.About}, which no number of pairs does; allowed: without "
                + "untilEvidence.");
        }
        else if (step.Longest is { } longest && FallsShort(figure))
        {
            notes.Add(
                place,
                $"The step of {step.Title} is not going to see the evidence that it waits for: gate {figure.Gate} needs about "
                + $"{Amount(figure.Needed!.Value, figure.Unit)} to {figure.About}, and there are "
                + $"{Text(figure.Before + figure.Most!.Value)} by the end of the {Duration.Format(longest.Time)}: {Sum(step, longest, figure)}.");
        }
    }

    private static bool FallsShort(GateFigure figure) => figure.Before + figure.Most < figure.Needed;

    private string Sum(StepFigures step, Exposure exposure, GateFigure figure)
    {
        var before = figure switch
        {
            { Before: 0 } => "",
            { Unit: FigureUnit.Requests } => $"what came before it, which is worth {Text(figure.Before)} at its share, and ",
            _ => $"{Text(figure.Before)} from before it, and ",
        };
        var settled = $"{Text(exposure.WholeMinutes)} whole minutes that are older than rollout.settle ({Duration.Format(_strategy.Settle)}) and read twice by then";
        return before + figure.Unit switch
        {
            FigureUnit.Pairs => $"{Text(exposure.Looks)} looks × {_strategy.Gate.ProbesPerLook} rows",
            FigureUnit.Minutes when figure.Most == 0 && exposure.WholeMinutes > 0 => FewCallers,
            FigureUnit.Minutes => settled,
            _ => $"{Text(_strategy.Traffic!.RequestsPerMinute)} requests a minute × {step.Title} × {settled}",
        };
    }

    private static string Amount(double amount, FigureUnit unit)
    {
        var whole = Math.Ceiling(amount);
        return $"{Text(whole)} {FigureUnits.Title(unit, whole)}";
    }

    private static string Share(double probability) => probability > 0.99
        ? "more than 99 %"
        : string.Create(CultureInfo.InvariantCulture, $"{probability * 100:0} %");

    private static string Text(double amount) => Math.Round(amount, amount < 10 ? 1 : 0).ToString("#,0.#", CultureInfo.InvariantCulture);
}
