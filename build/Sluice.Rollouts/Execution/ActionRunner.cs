using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Execution;

/// <summary>Turns each action into calls on the ports, and what came back into events.</summary>
internal sealed class ActionRunner(RolloutSpec spec, IWorkspace workspace, IScoringClient scoring, TimeProvider time)
{
    /// <summary>Probes under way at once: enough to be quick, too few to be a load.</summary>
    private const int ProbesAtOnce = 4;

    /// <summary>Characters of a failing answer that go into the journal.</summary>
    private const int MostOfFault = 250;

    private readonly EndpointCaller _caller = new(workspace, scoring, spec.Endpoint.Name, time);
    private int _nextRow;

    /// <summary>Applies the action; when it returns, what was written can be read back.</summary>
    /// <returns>What the journal has to know besides the action itself.</returns>
    public async Task<IReadOnlyList<JournalEvent>> ApplyAsync(
        ActDecision act,
        IProgress<OperationProgress> progress,
        CancellationToken cancellationToken)
    {
        switch (act.Action)
        {
            case RegisterModel register:
                await workspace.RegisterModelAsync(new(register.Model, register.Folder, register.Tags), progress, cancellationToken);
                return [];
            case CreateEndpoint create:
                await workspace.CreateEndpointAsync(create.Endpoint, progress, cancellationToken);
                return [];
            case AwaitSettled settle:
                await workspace.AwaitSettledAsync(settle.Endpoint, progress, cancellationToken);
                return [];
            case CreateDeployment create:
                await workspace.CreateDeploymentAsync(
                    new(create.Endpoint, create.Name, create.Spec, create.Model, create.Tags), progress, cancellationToken);
                return [];
            case SetTraffic shift:
                await workspace.SetTrafficAsync(new(shift.Endpoint, shift.Expected, shift.Wanted, shift.Mark), progress, cancellationToken);
                return [new TrafficWritten(time.GetUtcNow(), shift.Wanted.Percents, shift.Mark, act.Why)];
            case SetMark mark:
                await workspace.SetMarkAsync(mark.Endpoint, mark.Expected, mark.Mark, cancellationToken);
                return [new MarkWritten(time.GetUtcNow(), mark.Mark, act.Why)];
            case TagDeployment tag:
                await workspace.TagDeploymentAsync(tag.Endpoint, tag.Deployment, tag.Name, tag.Value, progress, cancellationToken);
                return [];
            case Adopt adopt:
                return [new Adopted(time.GetUtcNow(), adopt.Traffic.Percents, adopt.Mark)];
            case Approve approve:
                return [new Approved(time.GetUtcNow(), approve.Scope)];
            case DeleteDeployment delete:
                await workspace.DeleteDeploymentAsync(delete.Endpoint, delete.Deployment, progress, cancellationToken);
                return [];
            case DeleteEndpoint delete:
                await workspace.DeleteEndpointAsync(delete.Endpoint, progress, cancellationToken);
                return [];
            case SmokeTest smoke:
                return [await SmokeTestAsync(smoke, cancellationToken)];
            case SendProbes probes:
                return [await SendProbesAsync(probes, cancellationToken)];
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act.Action, "There is no such action.");
        }
    }

    private async Task<SmokeTested> SmokeTestAsync(SmokeTest smoke, CancellationToken cancellationToken)
    {
        var answer = await _caller.ScoreAsync(spec.Probes.Sample, smoke.Deployment, cancellationToken);
        var verdict = Fault(answer, smoke.Deployment) is { } fault
            ? new Verdict(VerdictKind.Fail, $"{spec.Probes.SamplePath} got {fault}")
            : new Verdict(VerdictKind.Pass, $"{smoke.Deployment} answered the sample in {answer.Latency.TotalMilliseconds:0} ms");
        return new(time.GetUtcNow(), smoke.Deployment, verdict);
    }

    private async Task<ProbesAnswered> SendProbesAsync(SendProbes probes, CancellationToken cancellationToken)
    {
        var failures = new string?[probes.Count];
        var first = _nextRow;
        _nextRow = (_nextRow + probes.Count) % spec.Probes.Rows.Length;
        await Parallel.ForAsync(
            0,
            probes.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var row = spec.Probes.Rows[(first + index) % spec.Probes.Rows.Length];
                failures[index] = Fault(await _caller.ScoreAsync(row, probes.Deployment, token), probes.Deployment);
            });
        var failed = failures.Count(failure => failure is not null);
        return new(time.GetUtcNow(), probes.Deployment, new(probes.Count, failed, failures.FirstOrDefault(failure => failure is not null)));
    }

    /// <summary>What is wrong with an answer, in words; null when nothing is.</summary>
    private static string? Fault(ScoringAnswer answer, string deployment) => answer switch
    {
        { Failure: { } failure } => Shorten(failure),
        { Deployment: { } other } when !other.Equals(deployment, StringComparison.OrdinalIgnoreCase) =>
            $"an answer of {other} instead of {deployment}",
        _ => null,
    };

    private static string Shorten(string text) => text.Length <= MostOfFault ? text : text[..MostOfFault] + "…";
}
