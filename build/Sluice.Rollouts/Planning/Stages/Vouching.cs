using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// Whether a deployment that others are about to rely on can serve: a smoke test vouches for it. One request may be lost on its way, and a
/// sickness of seconds is none to leave a bad candidate its traffic for; so it counts as sick after several tries with pauses.
/// </summary>
internal static class Vouching
{
    /// <summary>Smoke tests that fail one after the other before a deployment counts as sick.</summary>
    public const int MostTries = 5;

    /// <summary>From a test that failed to the next one.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>How long a smoke test vouches for a deployment that is about to get all traffic.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    /// <summary>How long a smoke test vouches for one that has all traffic already: as long as the run.</summary>
    public static readonly TimeSpan WholeRun = TimeSpan.MaxValue;

    /// <summary>The decision while it is not known, or when the deployment is sick; null when it is well.</summary>
    /// <param name="situation">The situation; the tests of its run count.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="lasting">How long a test vouches for it.</param>
    /// <param name="why">Why it is tested.</param>
    /// <param name="sick">The decision on a sick one, by the latest verdict.</param>
    public static Decision? Next(Situation situation, string deployment, TimeSpan lasting, string why, Func<Verdict, Decision> sick)
    {
        var tests = situation.History.SmokeTestsOf(deployment).ToArray();
        var failed = tests.TakeWhile(test => test.Verdict.Kind != VerdictKind.Pass).Count();
        return tests switch
        {
            [{ Verdict.Kind: VerdictKind.Pass } latest, ..] when situation.Now - latest.Time <= lasting => null,
            [var latest, ..] when failed >= MostTries => sick(latest.Verdict),
            [var latest, ..] when failed > 0 && situation.Now < latest.Time + Pause =>
                Decision.Wait(latest.Time + Pause, $"{why} {deployment} failed its smoke test, and gets another one: {latest.Verdict.Sentence}."),
            _ => Decision.Act(new SmokeTest(situation.Spec.Endpoint.Name, deployment), why),
        };
    }
}
