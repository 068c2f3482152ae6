using System.Collections.Concurrent;

namespace Sluice.Emulator.Faults;

/// <summary>The faults in force, with all that they count and remember. The same seed and the same requests give the same faults.</summary>
internal sealed class FaultPlan
{
    private const int KeptHappenings = 1000;
    private readonly ConcurrentQueue<FaultHappening> _happenings = new();
    private readonly TimeProvider _time;

    /// <summary>Arms rules; they have met nothing yet.</summary>
    public FaultPlan(FaultSettings settings, int seed, TimeProvider time)
    {
        _time = time;
        Settings = settings;
        Rules = [.. settings.Rules.Select((rule, index) => new ArmedRule(rule, seed, index, Note))];
        HasRequestRules = Rules.Any(armed => armed.Rule.Effect is RequestEffect);
        HasContainerRules = Rules.Any(armed => armed.Rule.Effect is ContainerEffect);
        Budgets = settings.Budgets is { } limits ? new RequestBudgets(limits, time) : null;
    }

    /// <summary>What was wanted.</summary>
    public FaultSettings Settings { get; }

    /// <summary>The rules, in their order.</summary>
    public IReadOnlyList<ArmedRule> Rules { get; }

    /// <summary>Whether a rule is about requests; where none is, none needs to be looked for.</summary>
    public bool HasRequestRules { get; }

    /// <summary>Whether a rule is about the containers of deployments.</summary>
    public bool HasContainerRules { get; }

    /// <summary>The budgets of ARM; null when it never refuses.</summary>
    public RequestBudgets? Budgets { get; }

    /// <summary>What reads were answered, for those that are to be stale.</summary>
    public AnswerMemory Memory { get; } = new();

    /// <summary>The last faults that happened, oldest first.</summary>
    public IReadOnlyCollection<FaultHappening> Happenings => _happenings;

    /// <summary>The rules that a request passes through.</summary>
    public IReadOnlyList<ArmedRule> Fitting(FaultTarget request) =>
        [.. Rules.Where(armed => armed.Rule.Effect is RequestEffect && armed.Rule.Match.Fits(request))];

    /// <summary>The rules that a request passes through on its way to a deployment's container.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="trafficFor">How long it has had traffic; null when it never had any.</param>
    public IReadOnlyList<ArmedRule> FittingContainer(string deployment, TimeSpan? trafficFor) =>
        [.. Rules.Where(armed => armed.Rule.Effect is ContainerEffect effect
            && effect.HasBegun(trafficFor)
            && armed.Rule.Match.FitsDeployment(deployment))];

    /// <summary>What happens to a write, or null for nothing.</summary>
    public DiskState? OfWrite(DiskArea area)
    {
        foreach (var armed in Rules)
        {
            if (armed.Rule.Effect is DiskEffect effect
                && (effect.Area is null || effect.Area == area)
                && armed.Happens($"A write of {(area == DiskArea.Blobs ? "a blob's content" : "the state")}"))
            {
                return effect.State;
            }
        }

        return null;
    }

    private void Note(int rule, string text)
    {
        _happenings.Enqueue(new FaultHappening(_time.GetUtcNow(), rule, text));
        while (_happenings.Count > KeptHappenings)
        {
            _happenings.TryDequeue(out _);
        }
    }
}
